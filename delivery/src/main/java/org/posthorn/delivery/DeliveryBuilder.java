package org.posthorn.delivery;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.filter.Filters;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.smtp.HopLimit;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;

/** Collects what a {@link LocalDelivery} is made of. Used by one thread. */
public final class DeliveryBuilder {
  final MailStore store;
  final String hostname;
  Set<String> domains = Set.of();
  RecipientResolver resolver = (peer, recipient) -> new Resolution.Remote();
  boolean resolverSet;
  Relay relay = Relay.REFUSING;
  Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"), "posthorn-spool");
  int spoolMemory = 256 << 10;
  Clock clock = Clock.system(ZoneId.systemDefault());
  AccountPolicy accountPolicy = AccountPolicy.TAKES_ALL;
  Filters filters = Filters.NONE;
  @Nullable AutoResponder autoResponder;
  @Nullable StatusReporter reporter;
  MissingFolder missingFolder = MissingFolder.INBOX;
  int hops = HopLimit.STANDARD;
  Verdict overQuota = new Verdict(452, "4.2.2", "Mailbox full");

  TracePolicy trace = TracePolicy.STANDARD;

  /** A message that the engine may have delivered inline is no larger. */
  private static final int SMALL = 32 << 10;

  DeliveryBuilder(MailStore store, String hostname) {
    this.store = Objects.requireNonNull(store);
    this.hostname = Objects.requireNonNull(hostname);
  }

  /** Whether nobody but a store that answers at once has a say in a small message. */
  boolean answersAtOnce() {
    return store.answersAtOnce()
        && !resolverSet
        && spoolMemory >= SMALL
        && accountPolicy == AccountPolicy.TAKES_ALL
        && filters == Filters.NONE
        && autoResponder == null
        && reporter == null
        && relay == Relay.REFUSING;
  }

  /** Domains whose recipients are looked up in the store's account directory. */
  public DeliveryBuilder domains(Set<String> local) {
    domains = Set.copyOf(local);
    return this;
  }

  /** Decides instead of the look-up in the account directory. */
  public DeliveryBuilder resolver(RecipientResolver value) {
    resolver = value;
    resolverSet = true;
    return this;
  }

  public DeliveryBuilder relay(Relay value) {
    relay = value;
    return this;
  }

  /**
   * Where messages wait while they come in.
   *
   * @param memory octets of one message that are held in memory before a file is used
   */
  public DeliveryBuilder spool(Path directory, int memory) {
    spoolDirectory = directory;
    spoolMemory = memory;
    return this;
  }

  public DeliveryBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Which accounts take mail, asked at RCPT; all unless set. */
  public DeliveryBuilder accountPolicy(AccountPolicy value) {
    accountPolicy = value;
    return this;
  }

  /** What users want done with their mail; nothing unless set. */
  public DeliveryBuilder filters(Filters value) {
    filters = value;
    return this;
  }

  /** Answers for users who are away; nobody unless set. */
  public DeliveryBuilder autoResponder(AutoResponder value) {
    autoResponder = value;
    return this;
  }

  /**
   * Tells senders what became of their mail. Without it a message of several recipients that one of
   * them rejects is refused for all.
   */
  public DeliveryBuilder reporter(StatusReporter value) {
    reporter = value;
    return this;
  }

  /** What Received tells; {@link TracePolicy#STANDARD} unless set. */
  public DeliveryBuilder trace(TracePolicy value) {
    trace = value;
    return this;
  }

  /** What happens to mail for a folder that is not there; INBOX unless set. */
  public DeliveryBuilder missingFolder(MissingFolder value) {
    missingFolder = value;
    return this;
  }

  /** Servers that a message may have passed (RFC 5321 section 6.3); 100 unless set. */
  public DeliveryBuilder hops(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    hops = limit;
    return this;
  }

  /**
   * What is said when a mailbox is full: 452 4.2.2 unless set, so that the sender tries again; 552
   * 5.2.2 makes it give up.
   */
  public DeliveryBuilder overQuota(Verdict refusal) {
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
