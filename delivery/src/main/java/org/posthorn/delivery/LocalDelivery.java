package org.posthorn.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.filter.Filters;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Delivers accepted mail into the mailboxes of a store, and hands what is for elsewhere to a {@link
 * Relay}. Mail for other domains is taken from authenticated users only. Thread-safe and immutable.
 */
public final class LocalDelivery implements MailHandler {
  private static final StatusNotifications NOTIFICATIONS = new StatusNotifications() {};

  private final MailStore store;
  private final String hostname;
  private final RecipientResolver resolver;
  private final Relay relay;
  private final Path spoolDirectory;
  private final int spoolMemory;
  private final Clock clock;
  private final AccountPolicy accountPolicy;
  private final Filters filters;
  private final Responses responses;
  private final @Nullable StatusReporter reporter;
  private final MissingFolder missingFolder;
  private final int hops;
  private final Verdict overQuota;
  private final SecureRandom random = new SecureRandom();

  private LocalDelivery(Builder builder, RecipientResolver resolver) {
    store = builder.store;
    hostname = builder.hostname;
    this.resolver = resolver;
    relay = builder.relay;
    spoolDirectory = builder.spoolDirectory;
    spoolMemory = builder.spoolMemory;
    clock = builder.clock;
    accountPolicy = builder.accountPolicy;
    filters = builder.filters;
    responses = new Responses(builder.autoResponder);
    reporter = builder.reporter;
    missingFolder = builder.missingFolder;
    hops = builder.hops;
    overQuota = builder.overQuota;
  }

  /**
   * Begins a delivery into the accounts of a store.
   *
   * @param hostname this server's name, for Received
   */
  public static Builder into(MailStore store, String hostname) {
    return new Builder(store, hostname);
  }

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new DeliveryTransaction(this, peer);
  }

  /** RFC 3461 is honoured where there is somebody who reports. */
  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return type == StatusNotifications.class && reporter != null
        ? Optional.of(type.cast(NOTIFICATIONS))
        : Optional.empty();
  }

  /**
   * Delivers a message of this server's own, such as an automatic answer or a report, as if an
   * authenticated user had sent it.
   *
   * @param message whole, without trace fields
   */
  public Verdict submit(ReversePath sender, Address to, byte[] message) throws StoreException {
    try (Transaction transaction = begin(ourselves())) {
      Verdict from = transaction.from(sender, MailParameters.NONE);
      if (!from.accepted()) {
        return from;
      }
      Verdict verdict = transaction.recipients(List.of(Recipient.of(to))).get(0);
      if (!verdict.accepted()) {
        return verdict;
      }
      MessageSink sink = transaction.body(BodyKind.EIGHT_BIT_MIME, OptionalLong.empty());
      sink.write(ByteBuffer.wrap(message));
      return sink.finish().get(0);
    }
  }

  /** Who sends what this server writes itself. */
  SmtpPeer ourselves() {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ConnectionInfo connection = new ConnectionInfo("local", "local", here, here, false, false);
    Identity server = Identity.owner("postmaster");
    return new SmtpPeer(SmtpRole.SUBMISSION, connection, hostname, server, null, "LOCAL");
  }

  /** How a failure is answered. */
  Verdict verdict(StoreException failure) {
    return failure.code() == Code.OVER_QUOTA ? overQuota : Verdict.of(failure);
  }

  /** A report that cannot be sent is told to the log: the message itself is safe. */
  void report(Dispatch message, List<RecipientStatus> statuses) {
    try {
      if (reporter != null) {
        reporter.report(message, statuses);
      }
    } catch (StoreException e) {
      System.getLogger(LocalDelivery.class.getName())
          .log(System.Logger.Level.ERROR, "a status report could not be sent", e);
    }
  }

  @Nullable StatusReporter reporter() {
    return reporter;
  }

  AccountPolicy accountPolicy() {
    return accountPolicy;
  }

  Filters filters() {
    return filters;
  }

  Responses responses() {
    return responses;
  }

  MissingFolder missingFolder() {
    return missingFolder;
  }

  int hops() {
    return hops;
  }

  @Override
  public boolean blocksInNativeCode() {
    return store.blocksInNativeCode();
  }

  MailStore store() {
    return store;
  }

  String hostname() {
    return hostname;
  }

  RecipientResolver resolver() {
    return resolver;
  }

  Relay relay() {
    return relay;
  }

  Clock clock() {
    return clock;
  }

  Spool spool() {
    return new Spool(spoolDirectory, spoolMemory);
  }

  /** Unique for all practical purposes; safe in header fields and replies. */
  String newId() {
    byte[] octets = new byte[12];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Collects what a delivery is made of. */
  public static final class Builder {
    private final MailStore store;
    private final String hostname;
    private Set<String> domains = Set.of();
    private RecipientResolver resolver = (peer, recipient) -> new Resolution.Remote();
    private boolean resolverSet;
    private Relay relay = Relay.REFUSING;
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"), "posthorn-spool");
    private int spoolMemory = 256 << 10;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private AccountPolicy accountPolicy = AccountPolicy.TAKES_ALL;
    private Filters filters = Filters.NONE;
    private @Nullable AutoResponder autoResponder;
    private @Nullable StatusReporter reporter;
    private MissingFolder missingFolder = MissingFolder.INBOX;
    private int hops = 100;
    private Verdict overQuota = new Verdict(452, "4.2.2", "Mailbox full");

    private Builder(MailStore store, String hostname) {
      this.store = Objects.requireNonNull(store);
      this.hostname = Objects.requireNonNull(hostname);
    }

    /** Domains whose recipients are looked up in the store's account directory. */
    public Builder domains(Set<String> local) {
      domains = Set.copyOf(local);
      return this;
    }

    /** Decides instead of the look-up in the account directory. */
    public Builder resolver(RecipientResolver value) {
      resolver = value;
      resolverSet = true;
      return this;
    }

    public Builder relay(Relay value) {
      relay = value;
      return this;
    }

    /**
     * Where messages wait while they come in.
     *
     * @param memory octets of one message that are held in memory before a file is used
     */
    public Builder spool(Path directory, int memory) {
      spoolDirectory = directory;
      spoolMemory = memory;
      return this;
    }

    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Which accounts take mail, asked at RCPT; all unless set. */
    public Builder accountPolicy(AccountPolicy value) {
      accountPolicy = value;
      return this;
    }

    /** What users want done with their mail; nothing unless set. */
    public Builder filters(Filters value) {
      filters = value;
      return this;
    }

    /** Answers for users who are away; nobody unless set. */
    public Builder autoResponder(AutoResponder value) {
      autoResponder = value;
      return this;
    }

    /**
     * Tells senders what became of their mail. Without it a message of several recipients that one
     * of them rejects is refused for all.
     */
    public Builder reporter(StatusReporter value) {
      reporter = value;
      return this;
    }

    /** What happens to mail for a folder that is not there; INBOX unless set. */
    public Builder missingFolder(MissingFolder value) {
      missingFolder = value;
      return this;
    }

    /** Servers that a message may have passed (RFC 5321 section 6.3); 100 unless set. */
    public Builder hops(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit " + limit);
      }
      hops = limit;
      return this;
    }

    /**
     * What is said when a mailbox is full: 452 4.2.2 unless set, so that the sender tries again;
     * 552 5.2.2 makes it give up.
     */
    public Builder overQuota(Verdict refusal) {
      if (refusal.accepted()) {
        throw new IllegalArgumentException("a refusal that accepts");
      }
      overQuota = refusal;
      return this;
    }

    /**
     * The delivery.
     *
     * @throws IllegalStateException without a resolver, when the store has no account directory
     */
    public LocalDelivery build() {
      if (resolverSet) {
        return new LocalDelivery(this, resolver);
      }
      AccountDirectory directory =
          store
              .facet(AccountDirectory.class)
              .orElseThrow(() -> new IllegalStateException("the store has no account directory"));
      return new LocalDelivery(this, new DirectoryResolver(directory, domains));
    }
  }
}
