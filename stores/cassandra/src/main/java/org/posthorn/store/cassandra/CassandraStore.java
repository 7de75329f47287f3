package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Metadata;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UrlKeys;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.SharedAcl;
import org.posthorn.store.support.SharedMetadata;
import org.posthorn.store.support.SharedUrlKeys;
import org.posthorn.store.support.Sharing;

/**
 * Mail in an Apache Cassandra cluster, 5.0 or newer. Any number of processes may use one keyspace
 * at the same time; each hears of what the others change within a second. Thread-safe.
 */
public final class CassandraStore implements MailStore {
  private final Cql cql;
  private final AccountMail.Parts parts;
  private final PollingBus bus;
  private final Sharing sharing;
  private final Directory directory;
  private final Collector collector;
  private final CassandraQuotas quotas;
  private final ScheduledExecutorService chores;
  private final Map<Class<?>, Object> facets;
  private volatile boolean closed;

  private CassandraStore(CqlSession session, Settings settings, Duration choresEvery)
      throws StoreException {
    this.cql = new Cql(session);
    Boxes boxes = new Boxes(cql, settings);
    Accounts accounts = new Accounts(cql, boxes);
    Uses uses = new Uses(cql, accounts);
    QuotaBook book = new QuotaBook(settings.quotas(), this::list, uses::of);
    this.bus = new PollingBus(cql, accounts);
    Hints hints = new Hints(bus);
    bus.start(hints);
    History history = new History(cql);
    CassandraAttributes attributes = new CassandraAttributes(cql, hints);
    Threads threads = new Threads(cql);
    this.parts =
        new AccountMail.Parts(
            cql,
            settings,
            boxes,
            accounts,
            new Cuts(cql, history),
            history,
            threads,
            hints,
            new Leases(cql, settings),
            book,
            uses,
            attributes);
    CassandraAcl acl = new CassandraAcl(cql);
    this.sharing = new Sharing(new Own(), acl);
    this.directory = new Directory(accounts, settings, book, uses);
    directory.onDelete(acl::forget);
    directory.onDelete(attributes::forget);
    directory.onDelete(threads::forget);
    this.quotas = new CassandraQuotas(accounts, uses, book);
    quotas.rereadLimits();
    this.collector = new Collector(cql, settings);
    this.facets =
        Map.of(
            AccountDirectory.class,
            directory,
            AccountState.class,
            directory,
            Acl.class,
            new SharedAcl(sharing, attributes),
            Metadata.class,
            new SharedMetadata(sharing, attributes, settings.metadata()),
            UrlKeys.class,
            new SharedUrlKeys(sharing, attributes),
            ObjectIds.class,
            new ObjectIds() {},
            Quotas.class,
            new BookedQuotas(book, quotas));
    this.chores = chores(choresEvery);
  }

  private ScheduledExecutorService chores(Duration every) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "posthorn-cassandra-chores");
              thread.setDaemon(true);
              return thread;
            });
    long millis = Math.max(1, every.toMillis());
    var unused =
        executor.scheduleWithFixedDelay(this::doChores, millis, millis, TimeUnit.MILLISECONDS);
    return executor;
  }

  private void doChores() {
    try {
      quotas.rereadLimits();
      collect();
    } catch (StoreException | RuntimeException e) {
      if (!closed) {
        System.getLogger(CassandraStore.class.getName())
            .log(System.Logger.Level.WARNING, "chores were left for later", e);
      }
    }
  }

  /**
   * Names the cluster; keyspace and tables are made where they are missing.
   *
   * @param address {@code cassandra://[user:password@]host[:port][,host…]/keyspace}, then, after a
   *     question mark, {@code datacenter=NAME} where this server is, and {@code replication=N} for
   *     a keyspace that is new
   * @throws IllegalArgumentException when it is none
   */
  public static Builder at(String address) {
    return new Builder(CassandraAddress.parse(address));
  }

  private List<String> list(String after, int max) throws StoreException {
    return directory.list(after, max);
  }

  private final class Own implements Sharing.Store {
    @Override
    public Account openOwn(Identity who) throws StoreException {
      Tree tree = parts.accounts().tree(who.account());
      if (!tree.doomed.isEmpty()) {
        parts.accounts().bury(tree);
      }
      return new CassandraAccount(new AccountMail(who.account(), parts), who);
    }

    @Override
    public boolean exists(String account) throws StoreException {
      return parts.accounts().exists(account);
    }
  }

  @Override
  public Account open(Identity who) throws StoreException {
    if (closed) {
      throw new StoreException(Code.UNAVAILABLE, "the mail store is closed");
    }
    return sharing.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    return facets.keySet();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  @Override
  public Set<Promise> promises() {
    return Set.of(Promise.DURABLE, Promise.ATOMIC_MOVE);
  }

  /**
   * Frees the octets that nobody refers to any more; a store does so by itself from time to time.
   *
   * @return how many messages' octets went
   */
  public int collect() throws StoreException {
    return collector.run();
  }

  /** What it is made of; for tests. */
  AccountMail.Parts parts() {
    return parts;
  }

  /** Limits and annotations of the server go; for tests. */
  void forgetCommon() throws StoreException {
    parts.attributes().forget("");
    cql.write("DELETE FROM quota_limit WHERE one = 1");
  }

  /** Requests sent to the cluster so far. */
  public long requests() {
    return cql.requests();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    bus.close();
    chores.shutdownNow();
    try {
      chores.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cql.close();
  }

  /** How a store is to be. */
  public static final class Builder {
    private final CassandraAddress address;
    private Clock clock = Clock.systemUTC();
    private long messageOctets = 256L << 20;
    private int mailboxes = 10_000;
    private int keywords = 1_000;
    private Duration history = Duration.ofDays(90);
    private int accountChanges = 10_000;
    private Duration exclusiveLease = Duration.ofMinutes(15);
    private Duration freeAfter = Duration.ofHours(1);
    private Duration choresEvery = Duration.ofMinutes(10);
    private QuotaPolicy quotas = QuotaPolicy.NONE;
    private Metadata.Limits metadata = Metadata.Limits.DEFAULTS;

    private Builder(CassandraAddress address) {
      this.address = address;
    }

    private static int atLeast(int least, int value) {
      if (value < least) {
        throw new IllegalArgumentException(value + " is less than " + least);
      }
      return value;
    }

    /** Gives dates, and the zone of internal dates that no client set; UTC by default. */
    public Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /** Octets of one message; 256 MiB by default. Larger ones are refused with TOO_BIG. */
    public Builder messageOctets(long limit) {
      this.messageOctets = limit;
      return this;
    }

    /** Mailboxes of one account, and its subscriptions; 10,000 by default. */
    public Builder mailboxes(int limit) {
      this.mailboxes = atLeast(1, limit);
      return this;
    }

    /** Keywords that one mailbox ever sees; 1,000 by default. */
    public Builder keywords(int limit) {
      this.keywords = atLeast(0, limit);
      return this;
    }

    /**
     * How long it is remembered which messages changed and vanished; 90 days by default. Clients
     * that were away for longer compare lists instead.
     */
    public Builder history(Duration age) {
      this.history = age;
      return this;
    }

    /** Changes of names and subscriptions that an account remembers; 10,000 by default. */
    public Builder accountChanges(int limit) {
      this.accountChanges = atLeast(0, limit);
      return this;
    }

    /**
     * A holder of EXCLUSIVE access that makes no call for so long loses it to the next who asks; 15
     * minutes by default.
     */
    public Builder exclusiveLease(Duration length) {
      this.exclusiveLease = length;
      return this;
    }

    /**
     * How long the octets of an expunged message stay, so that whoever is reading them can finish;
     * longer than any one call takes. An hour by default.
     */
    public Builder freeAfter(Duration time) {
      this.freeAfter = time;
      return this;
    }

    /** How often this process looks for octets to be freed; every ten minutes by default. */
    public Builder choresEvery(Duration time) {
      this.choresEvery = time;
      return this;
    }

    /** Limits of accounts; none by default. */
    public Builder quotas(QuotaPolicy policy) {
      this.quotas = policy;
      return this;
    }

    /** How much metadata is kept. */
    public Builder metadata(Metadata.Limits limits) {
      this.metadata = limits;
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
          quotas,
          metadata);
    }

    private CqlSession session() {
      List<InetSocketAddress> nodes = new ArrayList<>();
      for (InetSocketAddress node : address.nodes()) {
        nodes.add(new InetSocketAddress(node.getHostString(), node.getPort()));
      }
      ProgrammaticDriverConfigLoaderBuilder options =
          DriverConfigLoader.programmaticBuilder()
              .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(12))
              .withDuration(
                  DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
              .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
              .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
              .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
              .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
              .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
              .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
              .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false);
      CqlSessionBuilder builder = CqlSession.builder().addContactPoints(nodes);
      if (address.datacenter().isEmpty()) {
        options.withString(
            DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
      } else {
        builder.withLocalDatacenter(address.datacenter());
      }
      builder.withConfigLoader(options.build());
      if (!address.user().isEmpty()) {
        builder.withAuthCredentials(address.user(), address.password());
      }
      return builder.build();
    }

    /** Opens the store; it is to be closed in the end. */
    public CassandraStore open() throws StoreException {
      try {
        CqlSession session = session();
        boolean opened = false;
        try {
          useKeyspace(session);
          Schema.migrate(session);
          CassandraStore store = new CassandraStore(session, settings(), choresEvery);
          opened = true;
          return store;
        } finally {
          if (!opened) {
            session.close();
          }
        }
      } catch (DriverException e) {
        throw new StoreException(Code.UNAVAILABLE, "the cluster cannot be used", e);
      }
    }

    private void useKeyspace(CqlSession session) {
      String datacenter = address.datacenter();
      for (Node node : session.getMetadata().getNodes().values()) {
        String its = node.getDatacenter();
        datacenter = datacenter.isEmpty() && its != null ? its : datacenter;
      }
      Schema.createKeyspace(
          session,
          address.keyspace(),
          "{'class': 'NetworkTopologyStrategy', '"
              + datacenter.replace("'", "''")
              + "': "
              + address.replication()
              + "}");
      Schema.useKeyspace(session, address.keyspace());
    }
  }
}
