package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** How a {@link CassandraStore} is to be. Not thread-safe. */
public final class CassandraOptions {
  private static final Duration LEAST_FREE_AFTER = Duration.ofMinutes(10);
  private static final int MOST_SECTION_UIDS = 80_000;

  private final CassandraAddress address;
  private Clock clock = Clock.systemUTC();
  private long messageOctets = 256L << 20;
  private int mailboxes = 10_000;
  private int keywords = 1_000;
  private Duration history = Duration.ofDays(90);
  private int accountChanges = 10_000;
  private Duration exclusiveLease = Duration.ofMinutes(15);
  private Duration freeAfter = Duration.ofHours(1);
  private int sectionUids = 50_000;
  private Duration patience = Duration.ofSeconds(20);
  private Duration choresEvery = Duration.ofMinutes(10);
  private QuotaPolicy quotas = QuotaPolicy.NONE;
  private Metadata.Limits metadata = Metadata.Limits.DEFAULTS;
  private @Nullable SSLContext ssl;
  private @Nullable CqlSession shared;

  CassandraOptions(CassandraAddress address) {
    this.address = address;
  }

  private static int atLeast(int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(value + " is less than " + least);
    }
    return value;
  }

  /** Gives dates, and the zone of internal dates that no client set; UTC by default. */
  public CassandraOptions clock(Clock newClock) {
    this.clock = newClock;
    return this;
  }

  /** Octets of one message; 256 MiB by default. Larger ones are refused with TOO_BIG. */
  public CassandraOptions messageOctets(long limit) {
    this.messageOctets = limit;
    return this;
  }

  /** Mailboxes of one account, and its subscriptions; 10,000 by default. */
  public CassandraOptions mailboxes(int limit) {
    this.mailboxes = atLeast(1, limit);
    return this;
  }

  /** Keywords that one mailbox ever sees, of 32 KiB together at most; 1,000 by default. */
  public CassandraOptions keywords(int limit) {
    this.keywords = atLeast(0, limit);
    return this;
  }

  /**
   * How long it is remembered which messages changed and vanished; 90 days by default. Clients that
   * were away for longer compare lists instead.
   */
  public CassandraOptions history(Duration age) {
    this.history = age;
    return this;
  }

  /** Changes of names and subscriptions that an account remembers; 10,000 by default. */
  public CassandraOptions accountChanges(int limit) {
    this.accountChanges = atLeast(0, limit);
    return this;
  }

  /**
   * A holder of EXCLUSIVE access that makes no call for so long loses it to the next who asks; 15
   * minutes by default.
   */
  public CassandraOptions exclusiveLease(Duration length) {
    this.exclusiveLease = length;
    return this;
  }

  /**
   * How long the octets of an expunged message stay, so that whoever is reading them can finish; an
   * hour by default. A message that is being added and of which nothing came for three quarters of
   * this time is refused, since its octets may be gone; all servers should be told the same.
   *
   * @throws IllegalArgumentException for less than ten minutes: a message may wait for its turn and
   *     then for the cluster for more than a quarter of what is shorter
   */
  public CassandraOptions freeAfter(Duration time) {
    if (time.compareTo(LEAST_FREE_AFTER) < 0) {
      throw new IllegalArgumentException(time + " is less than " + LEAST_FREE_AFTER);
    }
    this.freeAfter = time;
    return this;
  }

  /**
   * UIDs of which a large mailbox keeps the messages together in one partition, 10 to 80,000;
   * 50,000 by default. A mailbox that was split once keeps to what it was split by.
   *
   * @throws IllegalArgumentException for more: a node reads over 100,000 rows that are gone, and no
   *     more, and a partition is split when it has a fifth more than this
   */
  public CassandraOptions sectionUids(int count) {
    if (count > MOST_SECTION_UIDS) {
      throw new IllegalArgumentException(count + " is more than " + MOST_SECTION_UIDS);
    }
    this.sectionUids = atLeast(10, count);
    return this;
  }

  /**
   * How long one call waits for the cluster and tries again before it is refused as UNAVAILABLE, or
   * a little longer; a change of many thousand messages may take longer while it goes on. 20
   * seconds by default.
   */
  public CassandraOptions patience(Duration time) {
    this.patience = time;
    return this;
  }

  /** How often this process looks for octets to be freed; every ten minutes by default. */
  public CassandraOptions choresEvery(Duration time) {
    this.choresEvery = time;
    return this;
  }

  /** Limits of accounts; none by default. */
  public CassandraOptions quotas(QuotaPolicy policy) {
    this.quotas = policy;
    return this;
  }

  /** How much metadata is kept. */
  public CassandraOptions metadata(Metadata.Limits limits) {
    this.metadata = limits;
    return this;
  }

  /**
   * Connections to the nodes are encrypted, as this says; not by default. A node has to show a
   * certificate that is trusted here and has its name, or its IP address where the address of the
   * store or the cluster names it by that.
   */
  public CassandraOptions sslContext(SSLContext context) {
    this.ssl = context;
    return this;
  }

  /** A session of this keyspace alone that somebody else opened and closes; for tests. */
  CassandraOptions over(CqlSession session) {
    this.shared = session;
    return this;
  }

  private Settings settings() {
    return new Settings(
        clock,
        messageOctets,
        mailboxes,
        keywords,
        history,
        accountChanges,
        exclusiveLease,
        freeAfter,
        sectionUids,
        quotas,
        metadata);
  }

  /** Opens the store; it is to be closed in the end. */
  public CassandraStore open() throws StoreException {
    try {
      CqlSession lent = shared;
      CqlSession session = lent == null ? Cluster.connect(address, ssl) : lent;
      boolean opened = false;
      try {
        Cluster.prepare(session, address);
        Cql cql = new Cql(session, lent == null, patience);
        CassandraStore store = new CassandraStore(cql, settings(), choresEvery);
        opened = true;
        return store;
      } finally {
        if (!opened && lent == null) {
          session.close();
        }
      }
    } catch (DriverException e) {
      throw new StoreException(Code.UNAVAILABLE, "the cluster cannot be used", e);
    }
  }
}
