package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.DirectoryLock;
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
import org.posthorn.store.UrlKeys;
import org.posthorn.store.support.AclBook;
import org.posthorn.store.support.AttributeTable;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.MoveJournal;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.SharedAcl;
import org.posthorn.store.support.SharedMetadata;
import org.posthorn.store.support.SharedUrlKeys;
import org.posthorn.store.support.Sharing;

/**
 * Mail in SQLite files: one for each account, and a small one for what accounts share. Survives the
 * death of the process and, as far as the disk keeps what it says it has written, of the machine.
 * One process uses a directory at a time. Thread-safe.
 */
public final class SqliteStore implements MailStore {
  private final DirectoryLock lock;
  private final AccountFiles files;
  private final Directory directory;
  private final AclBook acl;
  private final AccountMoves moves;
  private final Sharing sharing;
  private final Map<Class<?>, Object> facets;
  private volatile boolean closed;

  private SqliteStore(Settings settings) throws StoreException {
    this.lock = DirectoryLock.take(settings.directory());
    QuotaBook quotas = new QuotaBook(settings.quotas(), this::accounts, this::used);
    this.files = new AccountFiles(settings, quotas);
    this.directory = new Directory(settings, files);
    AclRows aclRows = new AclRows(directory);
    this.acl = new AclBook(aclRows);
    this.moves = new AccountMoves(directory);
    this.sharing = new Sharing(new Own(), acl);
    AttributeTable attributes = new SqliteAttributes(directory);
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
            new SqliteSearch(),
            Quotas.class,
            new BookedQuotas(quotas, new SqliteQuotas(directory, quotas)),
            Restoration.class,
            (Restoration) this::restore);
    boolean ready = false;
    try {
      directory.recover();
      directory.eachLimits(quotas::limitsWereSet);
      aclRows.load(acl);
      directory.onDelete(acl::forget);
      moves.recover();
      ready = true;
    } finally {
      if (!ready) {
        lock.close();
      }
    }
  }

  /** What is needed is a directory; it is created where it is missing. */
  public static Builder in(Path directory) {
    return new Builder(directory);
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

  /** SQLite waits for the disk in its own code. */
  @Override
  public boolean blocksInNativeCode() {
    return true;
  }

  @Override
  public Set<Promise> promises() {
    return Set.of(
        Promise.DURABLE, Promise.ATOMIC_MOVE, Promise.ATOMIC_ACROSS_ACCOUNTS, Promise.EXACT_QUOTA);
  }

  /**
   * Looks through all of an account: SQLite's own check, and whether counters, references and the
   * history agree with the messages.
   *
   * @return what is wrong, a line each; empty when nothing is
   * @throws StoreException NONEXISTENT
   */
  public List<String> check(String account) throws StoreException {
    checkOpen();
    AccountFile file = directory.open(account);
    try {
      return file.read(IntegrityCheck::run);
    } finally {
      file.release();
    }
  }

  private final class Own implements Sharing.Store {
    @Override
    public Account openOwn(Identity who) throws StoreException {
      return new SqliteAccount(directory.open(who.account()), who);
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
    return SqliteRestoreGroup.begin(directory.open(account), mailbox, uidNext, highestModSeq);
  }

  private List<String> accounts(String after, int max) throws StoreException {
    return directory.list(after, max);
  }

  /** An account that is just being deleted uses nothing. */
  private QuotaUse used(String account) throws StoreException {
    try {
      return directory.used(account);
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.NONEXISTENT) {
        return QuotaUse.NONE;
      }
      throw e;
    }
  }

  /** Account files that are open now. */
  int openFiles() {
    return files.openCount();
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw Database.closed();
    }
  }

  @Override
  public synchronized void close() throws StoreException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      files.close();
    } finally {
      try {
        directory.close();
      } finally {
        lock.close();
      }
    }
  }

  /** How a store is to be. */
  public static final class Builder {
    private final Path directory;
    private Clock clock = Clock.systemUTC();
    private int openAccounts = 64;
    private int readersPerAccount = 4;
    private long messageOctets = 256L << 20;
    private long accountOctets;
    private int mailboxes = 10_000;
    private int keywords = 1_000;
    private int vanishedRanges = 65_536;
    private Duration vanishedAge = Duration.ofDays(90);
    private int accountChanges = 10_000;
    private Duration exclusiveLease = Duration.ofMinutes(15);
    private QuotaPolicy quotas = QuotaPolicy.NONE;
    private Metadata.Limits metadata = Metadata.Limits.DEFAULTS;

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Gives dates, and the zone of internal dates that no client set; UTC by default. */
    public Builder clock(Clock newClock) {
      this.clock = newClock;
      return this;
    }

    /**
     * Account files that stay open, 1 or more; 64 by default. More are open while more are used at
     * the same moment.
     */
    public Builder openAccounts(int count) {
      this.openAccounts = atLeast(1, count);
      return this;
    }

    /**
     * Calls that read one account at the same moment, 1 or more; others wait for them. 4 by
     * default.
     */
    public Builder readersPerAccount(int count) {
      this.readersPerAccount = atLeast(1, count);
      return this;
    }

    /**
     * Octets of one message, at most 64 GiB; 256 MiB by default. Larger ones are refused with
     * TOO_BIG.
     */
    public Builder messageOctets(long limit) {
      if (limit < 1 || limit > Bodies.MOST_OCTETS) {
        throw new IllegalArgumentException("octets " + limit);
      }
      this.messageOctets = limit;
      return this;
    }

    /**
     * Octets of the file of one account; 0, the default, for as many as the disk has. A full file
     * refuses with NO_SPACE, as a full disk does. This guards the disk; a quota is what users are
     * told of.
     */
    public Builder accountOctets(long limit) {
      if (limit < 0) {
        throw new IllegalArgumentException("octets " + limit);
      }
      this.accountOctets = limit;
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
     * How long it is remembered which messages vanished: so many runs of UIDs in each mailbox
     * (65,536 by default), and so long (90 days). Clients that were away for longer compare lists
     * instead.
     */
    public Builder vanished(int ranges, Duration age) {
      this.vanishedRanges = atLeast(0, ranges);
      this.vanishedAge = age;
      return this;
    }

    /** Changes of names and subscriptions that an account remembers; 10,000 by default. */
    public Builder accountChanges(int limit) {
      this.accountChanges = atLeast(0, limit);
      return this;
    }

    /**
     * A holder of EXCLUSIVE access that makes no call for so long loses it to the next who asks; 30
     * minutes by default.
     */
    public Builder exclusiveLease(Duration length) {
      this.exclusiveLease = length;
      return this;
    }

    /** How much metadata is kept. */
    public Builder metadata(Metadata.Limits limits) {
      this.metadata = limits;
      return this;
    }

    /** Limits of accounts; none by default. */
    public Builder quotas(QuotaPolicy policy) {
      this.quotas = policy;
      return this;
    }

    /**
     * Takes the directory and makes the store ready; opens no account.
     *
     * @throws StoreException IN_USE when another process has the directory; READ_ONLY, UNAVAILABLE,
     *     CORRUPTION when it is of no use
     */
    public SqliteStore open() throws StoreException {
      return new SqliteStore(
          new Settings(
              directory,
              clock,
              openAccounts,
              readersPerAccount,
              messageOctets,
              accountOctets,
              mailboxes,
              keywords,
              vanishedRanges,
              vanishedAge,
              accountChanges,
              exclusiveLease,
              quotas,
              metadata));
    }

    private static int atLeast(int least, int value) {
      if (value < least) {
        throw new IllegalArgumentException(value + " is less than " + least);
      }
      return value;
    }
  }
}
