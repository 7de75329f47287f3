package org.posthorn.store.cassandra;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Metadata;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.Promise;
import org.posthorn.store.Quotas;
import org.posthorn.store.Restoration;
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
  private final Chores chores;
  private final Map<Class<?>, Object> facets;
  private volatile boolean closed;

  CassandraStore(Cql cql, Settings settings, Duration choresEvery) throws StoreException {
    this.cql = cql;
    Boxes boxes = new Boxes(cql, settings);
    Accounts accounts = new Accounts(cql, boxes);
    Uses uses = new Uses(cql, accounts);
    QuotaBook book = new QuotaBook(settings.quotas(), this::list, uses::of);
    SharedUses shared = new SharedUses(cql, uses, book, this::list);
    book.sharedRootsAreKept(shared);
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
            new Cuts(boxes.messages, history),
            history,
            threads,
            hints,
            new Leases(cql, settings),
            book,
            uses,
            shared,
            attributes);
    CassandraAcl acl = new CassandraAcl(cql);
    this.sharing = new Sharing(new Own(), acl);
    this.directory = new Directory(accounts, settings, shared);
    directory.onDelete(acl::forget);
    directory.onDelete(attributes::forget);
    directory.onDelete(threads::forget);
    CassandraQuotas quotas = new CassandraQuotas(accounts, uses, book, shared);
    quotas.rereadLimits();
    this.collector = new Collector(boxes);
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
            Restoration.class,
            new CassandraRestoration(parts),
            Quotas.class,
            new BookedQuotas(book, quotas));
    this.chores =
        new Chores(choresEvery, List.of(quotas::rereadLimits, shared::recheck, collector::run));
    boxes.whenDue(id -> chores.soon(() -> boxes.close(id)));
  }

  /**
   * Names the cluster; keyspace and tables are made where they are missing.
   *
   * @param address {@code cassandra://[user:password@]host[:port][,host…]/keyspace}, then, after a
   *     question mark, {@code datacenter=NAME} where this server is, and {@code replication=N} for
   *     a keyspace that is new
   * @throws IllegalArgumentException when it is none
   */
  public static CassandraOptions at(String address) {
    return new CassandraOptions(CassandraAddress.parse(address));
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

  /** Limits and annotations of the server go, and what the collector was to look at; for tests. */
  void forgetCommon() throws StoreException {
    parts.attributes().forget("");
    collector.forget();
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
    chores.close();
    cql.close();
  }
}
