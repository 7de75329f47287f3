package org.posthorn.store.jdbc;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.AclTable;
import org.posthorn.store.support.HintBus;
import org.posthorn.store.support.QuotaBook;

/** All accounts in one database, which several processes may use at the same time. */
final class PgEngine implements Engine {
  /** Rows fetched at a time, so that a long answer is not held whole. */
  private static final int FETCH = 2_000;

  private static final int CONNECT_SECONDS = 5;

  /** A network that swallows everything is noticed after so long. */
  private static final int SILENCE_SECONDS = 120;

  private final Settings settings;
  private final Duration patience;
  private final PgPool pool;
  private final long process = new SecureRandom().nextLong() | 1;
  private final PgHints hints;
  private final TextTable texts = new PgTexts();

  private PgEngine(PGSimpleDataSource database, Settings settings, Duration patience, PgPool pool) {
    this.settings = settings;
    this.patience = patience;
    this.pool = pool;
    this.hints = new PgHints(database, process, PgListener.SILENCE);
  }

  /**
   * Brings the tables up to date.
   *
   * @throws StoreException UNAVAILABLE, with what the driver says, when the database cannot be used
   */
  static PgEngine connect(
      PgAddress address, Settings settings, Duration patience, int readers, int writers)
      throws StoreException {
    PGSimpleDataSource database = database(address);
    try {
      PGSimpleDataSource patient = database(address);
      // An index of a large table takes as long as it takes.
      patient.setSocketTimeout(0);
      PgSchema.upgrade(patient);
    } catch (SQLException e) {
      throw new StoreException(
          Code.UNAVAILABLE, "cannot use " + address + ": " + e.getMessage(), e);
    }
    Duration wait = Duration.ofSeconds(Math.max(1, database.getLoginTimeout()));
    return new PgEngine(database, settings, patience, new PgPool(database, wait, readers, writers));
  }

  private static PGSimpleDataSource database(PgAddress address) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(address.hosts().toArray(new String[0]));
    database.setPortNumbers(address.ports().stream().mapToInt(Integer::intValue).toArray());
    if (address.hosts().size() > 1) {
      database.setTargetServerType("primary");
    }
    database.setDatabaseName(address.database());
    database.setUser(address.user());
    database.setPassword(address.password());
    database.setApplicationName("posthorn");
    database.setConnectTimeout(CONNECT_SECONDS);
    database.setLoginTimeout(CONNECT_SECONDS);
    database.setSocketTimeout(SILENCE_SECONDS);
    database.setTcpKeepAlive(true);
    database.setDefaultRowFetchSize(FETCH);
    address
        .options()
        .forEach(
            (name, value) -> {
              try {
                database.setProperty(name, value);
              } catch (SQLException e) {
                throw new IllegalArgumentException("no option of PostgreSQL: " + name, e);
              }
            });
    return database;
  }

  /** The tables are there already. */
  @Override
  public void prepare() {}

  @Override
  public Transactions directory() {
    return new PgDirectory(pool);
  }

  @Override
  public AccountRows account(String name, long id, long uidValidityFloor) {
    return new PgAccountRows(pool, id, uidValidityFloor, settings, patience);
  }

  @Override
  public TextTable texts() {
    return texts;
  }

  @Override
  public Leases leases(AccountRows rows) {
    return new PgLeases(rows, settings, process);
  }

  @Override
  public HintBus hints() {
    return hints;
  }

  @Override
  public AclTable acl(Directory shared) {
    return new PgAcl(shared);
  }

  @Override
  public Moves moves(Directory shared) {
    return new PgMoves(shared);
  }

  @Override
  public SharedTotals totals(QuotaBook book) {
    return new PgTotals(pool, book);
  }

  @Override
  public void close() {
    hints.close();
    pool.close();
  }
}
