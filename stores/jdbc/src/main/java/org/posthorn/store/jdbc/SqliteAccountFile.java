package org.posthorn.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** An account in a file of its own. */
final class SqliteAccountFile implements AccountRows {
  private static final System.Logger LOG = System.getLogger(SqliteAccountFile.class.getName());

  /** UIDVALIDITY is the time, and more than that only where many mailboxes are made at once. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final String account;
  private final Settings settings;
  private final long accountOctets;
  private final long uidValidityFloor;
  private final Database database;

  SqliteAccountFile(
      String account,
      Path file,
      Settings settings,
      int readers,
      long accountOctets,
      long floor,
      boolean readOnly,
      UnaryOperator<Connection> before) {
    this.account = account;
    this.settings = settings;
    this.accountOctets = accountOctets;
    this.uidValidityFloor = floor;
    this.database =
        readOnly
            ? Database.lookedAt(file, readers, Schema.ACCOUNT::requireCurrent)
            : new Database(file, readers, this::opened, before);
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    return database.read(work);
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException {
    return database.write(work);
  }

  @Override
  public <T> T writeUnsynced(Work<T> work) throws StoreException {
    return database.writeUnsynced(work);
  }

  @Override
  public boolean isOpen() {
    return database.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return database.isReadOnly();
  }

  @Override
  public boolean areOurs() {
    return !isReadOnly();
  }

  @Override
  public boolean isMissing() {
    return !database.isOpen() && !Files.exists(database.file());
  }

  /** Opening a file that is not there makes it. */
  @Override
  public void make() throws StoreException {
    database.read(Schema::version);
  }

  @Override
  public long destroy() throws StoreException {
    long uidValidity = Files.exists(database.file()) ? uidValidity() : 0;
    database.close();
    try {
      for (String suffix : new String[] {"-wal", "-shm", ""}) {
        Files.deleteIfExists(Path.of(database.file() + suffix));
      }
    } catch (IOException e) {
      throw new StoreException(Code.UNAVAILABLE, "the account cannot be deleted now", e);
    }
    return uidValidity;
  }

  /** Where the file does not say it any more, more than it can have used. */
  private long uidValidity() throws StoreException {
    try {
      return database.read(db -> db.number("SELECT uid_validity FROM account"));
    } catch (StoreException e) {
      if (e.code() != Code.CORRUPTION) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "a damaged account is deleted: " + account, e);
      return settings.clock().instant().plus(MARGIN).getEpochSecond();
    }
  }

  @Override
  public void close() throws StoreException {
    database.close();
  }

  private void opened(Db db) throws SQLException, StoreException {
    limitSize(db);
    if (Schema.ACCOUNT.isCurrent(db)) {
      return;
    }
    db.begin();
    if (Schema.ACCOUNT.upgrade(db) == 0) {
      db.update(
          "INSERT INTO account (only_row, name, uid_validity) VALUES (1, ?, ?)",
          account,
          uidValidityFloor);
      Mailboxes.insert(db, settings.clock(), MailboxName.INBOX, Set.of());
    }
    db.commit();
  }

  private void limitSize(Db db) throws SQLException {
    if (accountOctets > 0) {
      long pageSize = db.number("PRAGMA page_size");
      db.number("PRAGMA max_page_count = " + Math.max(1, accountOctets / pageSize));
    }
  }
}
