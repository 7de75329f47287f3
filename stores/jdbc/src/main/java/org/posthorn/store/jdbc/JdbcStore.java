package org.posthorn.store.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.sqlite.Work;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Metadata;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Restoration;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UrlKeys;
import org.posthorn.store.support.AclTable;
import org.posthorn.store.support.AttributeTable;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.MoveJournal;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.SharedAcl;
import org.posthorn.store.support.SharedMetadata;
import org.posthorn.store.support.SharedUrlKeys;
import org.posthorn.store.support.Sharing;

/** The store, whatever the database behind it. Thread-safe. */
final class JdbcStore implements MailStore {
  private final Engine engine;
  private final OpenAccounts accounts;
  private final Directory directory;
  private final QuotaBook quotas;
  private final Moves moves;
  private final Sharing sharing;
  private final Map<Class<?>, Object> facets;
  private volatile boolean closed;

  private JdbcStore(Engine engine, Settings settings) throws StoreException {
    this.engine = engine;
    this.quotas = new QuotaBook(settings.quotas(), this::accounts, this::used);
    this.accounts = new OpenAccounts(engine, settings, quotas);
    this.directory = new Directory(settings, accounts, engine.directory());
    this.moves = engine.moves(directory);
    accounts.moveBy(moves);
    engine.prepare();
    AclTable acl = engine.acl(directory);
    this.sharing = new Sharing(new Own(), acl);
    directory.onDelete(acl::forget);
    rereadLimits();
    if (!engine.isReadOnly()) {
      directory.recover();
    }
    AttributeTable attributes = new JdbcAttributes(directory);
    this.facets =
        Map.of(
            AccountDirectory.class,
            directory,
            AccountState.class,
            new Lives(directory),
            Acl.class,
            new SharedAcl(sharing, attributes),
            Metadata.class,
            new SharedMetadata(sharing, attributes, settings.metadata()),
            UrlKeys.class,
            new SharedUrlKeys(sharing, attributes),
            ObjectIds.class,
            new ObjectIds() {},
            SearchIndex.class,
            new JdbcSearch(),
            Quotas.class,
            new BookedQuotas(quotas, new JdbcQuotas(directory, quotas)),
            Restoration.class,
            (Restoration) this::restore);
    if (!engine.isReadOnly()) {
      moves.recover();
    }
    Upkeep.Task upgrade = engine.upgrade(directory);
    if (upgrade != null) {
      accounts.upkeep().add(engine, upgrade);
    }
  }

  /**
   * What the policy says now; another one may have been in force when the store was open last, or a
   * process without one may have made accounts.
   */
  void countInSharedRoots() throws StoreException {
    SharedTotals totals = accounts.totals();
    if (totals != null && quotas.policy() != QuotaPolicy.NONE) {
      for (String account : totals.strangers()) {
        countInSharedRoots(account);
      }
    }
  }

  /** As {@link #countInSharedRoots()}, of an account that was just made. */
  void countInSharedRoots(long id) throws StoreException {
    if (quotas.policy() != QuotaPolicy.NONE) {
      Optional<String> account = directory.name(id);
      if (account.isPresent()) {
        countInSharedRoots(account.get());
      }
    }
  }

  private void countInSharedRoots(String account) throws StoreException {
    AccountMail mail = directory.open(account);
    try {
      mail.countInSharedRoots();
    } catch (StoreException e) {
      if (e.code() != Code.NONEXISTENT) {
        throw e;
      }
      // It was deleted meanwhile, and counts nowhere.
    } finally {
      mail.release();
    }
  }

  /** Opens a store; the engine is closed with it. */
  static JdbcStore open(Engine engine, Settings settings) throws StoreException {
    JdbcStore store = null;
    try {
      store = new JdbcStore(engine, settings);
      return store;
    } finally {
      if (store == null) {
        engine.close();
      }
    }
  }

  static StoreException closed() {
    return new StoreException(Code.UNAVAILABLE, "the mail store is closed");
  }

  @Override
  public Account open(Identity who) throws StoreException {
    checkOpen();
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
    return Set.of(
        Promise.DURABLE,
        Promise.ATOMIC_MOVE,
        Promise.ATOMIC_ACROSS_ACCOUNTS,
        Promise.EXACT_QUOTA,
        Promise.ATOMIC_RESTORE,
        Promise.HELD_BODIES);
  }

  /** Looks through an account. */
  List<String> check(String account, Work<List<String>> check) throws StoreException {
    checkOpen();
    AccountMail mail = directory.open(account);
    try {
      return mail.read(check);
    } finally {
      mail.release();
    }
  }

  OpenAccounts accounts() {
    return accounts;
  }

  Directory directory() {
    return directory;
  }

  /** Limits that were set, by whatever process. */
  void rereadLimits() throws StoreException {
    directory.rereadLimits();
  }

  int openCount() {
    return accounts.openCount();
  }

  private final class Own implements Sharing.Store {
    @Override
    public Account openOwn(Identity who) throws StoreException {
      return new JdbcAccount(directory.open(who.account()), who);
    }

    @Override
    public boolean exists(String account) throws StoreException {
      return directory.exists(account);
    }

    @Override
    public MoveJournal journal() {
      return moves;
    }
  }

  private Restoration.RestoreGroup restore(
      String account, MailboxInfo mailbox, long uidNext, long highestModSeq) throws StoreException {
    checkOpen();
    return JdbcRestoreGroup.begin(directory.open(account), mailbox, uidNext, highestModSeq);
  }

  private List<String> accounts(String after, int max) throws StoreException {
    return directory.list(after, max);
  }

  /** An account that is just being deleted uses nothing; one that is damaged keeps nobody out. */
  private QuotaUse used(String account) throws StoreException {
    try {
      return directory.usedIfReadable(account);
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT) {
        return QuotaUse.NONE;
      }
      throw e;
    }
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw closed();
    }
  }

  @Override
  public synchronized void close() throws StoreException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      accounts.close();
    } finally {
      try {
        directory.close();
      } finally {
        engine.close();
      }
    }
  }
}
