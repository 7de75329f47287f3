package org.posthorn.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.AclBook;
import org.posthorn.store.support.AclTable;
import org.posthorn.store.support.HintBus;
import org.posthorn.store.support.LocalHints;
import org.posthorn.store.support.QuotaBook;

/** A file for each account and one for what they share; one process uses them at a time. */
final class SqliteEngine implements Engine {
  static final String DIRECTORY = "directory.db";
  private static final int DIRECTORY_READERS = 4;

  private final Path accounts;
  private final Settings settings;
  private final int readers;
  private final long accountOctets;
  private final UnaryOperator<Connection> before;
  private final Database directory;
  private final TextTable texts = new SqliteTexts();

  /** One process has the directory for itself. */
  private final HintBus alone = new LocalHints().join();

  /**
   * Opens nothing yet.
   *
   * @param before what is put before each connection that may change something
   */
  SqliteEngine(
      Path folder,
      Settings settings,
      int readersPerAccount,
      long accountOctets,
      boolean readOnly,
      UnaryOperator<Connection> before) {
    Path shared = folder.resolve(DIRECTORY);
    this.accounts = folder.resolve("accounts");
    this.settings = settings;
    this.readers = readersPerAccount;
    this.accountOctets = accountOctets;
    this.before = before;
    this.directory =
        readOnly
            ? Database.lookedAt(shared, DIRECTORY_READERS, Schema.DIRECTORY::requireCurrent)
            : new Database(shared, DIRECTORY_READERS, SqliteEngine::opened, before);
  }

  private static void opened(Db db) throws SQLException, StoreException {
    if (!Schema.DIRECTORY.isCurrent(db)) {
      db.begin();
      Schema.DIRECTORY.upgrade(db);
      db.commit();
    }
  }

  @Override
  public Transactions directory() {
    return new Transactions() {
      @Override
      public <T> T read(Work<T> work) throws StoreException {
        return directory.read(work);
      }

      @Override
      public <T> T write(Work<T> work) throws StoreException {
        return directory.write(work);
      }

      @Override
      public void close() throws StoreException {
        directory.end();
      }
    };
  }

  @Override
  public AccountRows account(String name, long id, long uidValidityFloor) {
    return new SqliteAccountFile(
        name,
        accounts.resolve(AccountPath.fileName(name)),
        settings,
        readers,
        accountOctets,
        uidValidityFloor,
        directory.isReadOnly(),
        before);
  }

  @Override
  public boolean isReadOnly() {
    return directory.isReadOnly();
  }

  @Override
  public Upkeep.@Nullable Task upgrade(Directory shared) {
    return isReadOnly() ? null : new OldFiles(this::isOfEarlierRelease, shared);
  }

  private boolean isOfEarlierRelease(String account) {
    Path file = accounts.resolve(AccountPath.fileName(account));
    try {
      return Schema.ACCOUNT.isEarlier(file);
    } catch (IOException e) {
      // Whoever opens it hears what is wrong.
      return false;
    }
  }

  @Override
  public TextTable texts() {
    return texts;
  }

  @Override
  public Leases leases(AccountRows rows) {
    return new MemoryLeases(settings.clock(), settings.exclusiveLease());
  }

  @Override
  public HintBus hints() {
    return alone;
  }

  @Override
  public AclTable acl(Directory shared) throws StoreException {
    AclRows rows = new AclRows(shared);
    AclBook book = new AclBook(rows);
    rows.load(book);
    return book;
  }

  @Override
  public Moves moves(Directory shared) {
    return new AccountMoves(shared);
  }

  @Override
  public @Nullable SharedTotals totals(QuotaBook book) {
    return null;
  }

  @Override
  public void prepare() throws StoreException {
    if (isReadOnly()) {
      if (!Files.isRegularFile(directory.file())) {
        throw new StoreException(Code.NONEXISTENT, "no mail in " + directory.file().getParent());
      }
      return;
    }
    try {
      Files.createDirectories(accounts);
    } catch (IOException e) {
      throw new StoreException(Code.UNAVAILABLE, "the mail directory cannot be used", e);
    }
  }

  @Override
  public void close() {}
}
