package org.posthorn.delivery;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;

/**
 * Delivers accepted mail into the mailboxes of a store, and hands what is for elsewhere to a {@link
 * Relay}. Mail for other domains is taken from authenticated users only. Thread-safe and immutable.
 */
public final class LocalDelivery implements MailHandler {
  private final MailStore store;
  private final String hostname;
  private final RecipientResolver resolver;
  private final Relay relay;
  private final Path spoolDirectory;
  private final int spoolMemory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  private LocalDelivery(Builder builder, RecipientResolver resolver) {
    store = builder.store;
    hostname = builder.hostname;
    this.resolver = resolver;
    relay = builder.relay;
    spoolDirectory = builder.spoolDirectory;
    spoolMemory = builder.spoolMemory;
    clock = builder.clock;
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
