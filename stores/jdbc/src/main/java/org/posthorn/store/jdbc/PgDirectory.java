package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;

/**
 * What accounts share. Changes of it take turns by the lock of one row, for all processes; the
 * server's rows are those of account 0.
 */
final class PgDirectory implements Transactions {
  private static final long SERVER = 0;

  private final PgPool pool;

  PgDirectory(PgPool pool) {
    this.pool = pool;
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    return pool.read(SERVER, work);
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException {
    return pool.write(
        SERVER, db -> db.number("SELECT floor FROM uid_validity FOR NO KEY UPDATE"), work);
  }

  @Override
  public <T> T writeAlongside(Work<T> work) throws StoreException {
    return pool.write(SERVER, work);
  }

  /** Who changes the account has its row for as long as that takes: nobody waits for it here. */
  @Override
  public void retrieved(String account, long seconds) throws StoreException {
    writeAlongside(
        db ->
            db.update(
                "UPDATE account SET retrieved = ? WHERE id = (SELECT id FROM account"
                    + " WHERE name = ? AND retrieved < ? FOR NO KEY UPDATE SKIP LOCKED)",
                seconds,
                account,
                seconds));
  }

  @Override
  public void close() {
    // The connections are the engine's.
  }
}
