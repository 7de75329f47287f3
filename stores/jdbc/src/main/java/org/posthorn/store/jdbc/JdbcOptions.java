package org.posthorn.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaPolicy;

/**
 * How a store is to be, whatever its database.
 *
 * @param <B> the builder itself
 */
public abstract sealed class JdbcOptions<B extends JdbcOptions<B>>
    permits SqliteStore.Builder, PostgresStore.Builder {
  private Clock clock = Clock.systemUTC();
  private int openAccounts;
  private long messageOctets = 256L << 20;
  private int mailboxes = 10_000;
  private int keywords = 1_000;
  private int vanishedRanges = 65_536;
  private Duration vanishedAge = Duration.ofDays(90);
  private int accountChanges = 10_000;
  private Duration exclusiveLease = Duration.ofMinutes(15);
  private QuotaPolicy quotas = QuotaPolicy.NONE;
  private Metadata.Limits metadata = Metadata.Limits.DEFAULTS;
  private Compression compression = Compression.none();

  JdbcOptions(int openAccounts) {
    this.openAccounts = openAccounts;
  }

  abstract B self();

  /** As told, where bodies wait so long before they are freed. */
  final Settings settings(Duration freeAfter) {
    return new Settings(
        clock,
        openAccounts,
        messageOctets,
        mailboxes,
        keywords,
        vanishedRanges,
        vanishedAge,
        accountChanges,
        exclusiveLease,
        quotas,
        metadata,
        freeAfter,
        compression);
  }

  /** Gives dates, and the zone of internal dates that no client set; UTC by default. */
  public final B clock(Clock newClock) {
    this.clock = newClock;
    return self();
  }

  /**
   * Accounts that stay open, 1 or more: SQLite's files (64 by default), and for PostgreSQL those of
   * which the UIDs are remembered, some kilobytes each (4,096). More are open while more are used
   * at the same moment.
   */
  public final B openAccounts(int count) {
    this.openAccounts = atLeast(1, count);
    return self();
  }

  /**
   * Octets of one message, at most 64 GiB; 256 MiB by default. Larger ones are refused with
   * TOO_BIG.
   */
  public final B messageOctets(long limit) {
    if (limit < 1 || limit > Bodies.MOST_OCTETS) {
      throw new IllegalArgumentException("octets " + limit);
    }
    this.messageOctets = limit;
    return self();
  }

  /** Mailboxes of one account, and its subscriptions; 10,000 by default. */
  public final B mailboxes(int limit) {
    this.mailboxes = atLeast(1, limit);
    return self();
  }

  /** Keywords that one mailbox ever sees; 1,000 by default. */
  public final B keywords(int limit) {
    this.keywords = atLeast(0, limit);
    return self();
  }

  /**
   * How long it is remembered which messages vanished: so many runs of UIDs in each mailbox (65,536
   * by default), and so long (90 days). Clients that were away for longer compare lists instead.
   */
  public final B vanished(int ranges, Duration age) {
    this.vanishedRanges = atLeast(0, ranges);
    this.vanishedAge = age;
    return self();
  }

  /** Changes of names and subscriptions that an account remembers; 10,000 by default. */
  public final B accountChanges(int limit) {
    this.accountChanges = atLeast(0, limit);
    return self();
  }

  /**
   * A holder of EXCLUSIVE access that makes no call for so long loses it to the next who asks; 15
   * minutes by default. One whose process is gone loses it at once.
   */
  public final B exclusiveLease(Duration length) {
    this.exclusiveLease = length;
    return self();
  }

  /** Limits of accounts; none by default. */
  public final B quotas(QuotaPolicy policy) {
    this.quotas = policy;
    return self();
  }

  /** How much metadata is kept. */
  public final B metadata(Metadata.Limits limits) {
    this.metadata = limits;
    return self();
  }

  /** How the octets of messages to come are written; as they are by default. */
  public final B compression(Compression policy) {
    this.compression = policy;
    return self();
  }

  static int atLeast(int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(value + " is less than " + least);
    }
    return value;
  }
}
