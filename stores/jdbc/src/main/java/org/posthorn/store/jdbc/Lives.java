package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.posthorn.sqlite.Db;
import org.posthorn.store.AccountState;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** When accounts were made and last looked at, in the directory. */
final class Lives implements AccountState {
  private final Directory directory;

  Lives(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Life life(String account) throws StoreException {
    return directory.read(db -> find(db, account));
  }

  private static Life find(Db db, String account) throws SQLException, StoreException {
    Life life =
        db.first(
            row ->
                new Life(
                    Instant.ofEpochSecond(row.getLong(1)), Instant.ofEpochSecond(row.getLong(2))),
            "SELECT created, retrieved FROM account WHERE name = ? AND state = ?",
            account,
            Directory.THERE);
    if (life == null) {
      throw new StoreException(Code.NONEXISTENT, "no such account");
    }
    return life;
  }

  @Override
  public void retrieved(String account, Instant when) throws StoreException {
    Instant earliest = life(account).lastRetrieval().plusSeconds(RESOLUTION_SECONDS);
    if (!when.isBefore(earliest)) {
      directory.retrieved(account, when.getEpochSecond());
    }
  }

  @Override
  public List<String> idleSince(Instant before, String after, int max) throws StoreException {
    return directory.read(
        db ->
            db.all(
                row -> row.getString(1),
                "SELECT name FROM account WHERE state = ? AND retrieved < ? AND name > ?"
                    + " ORDER BY name LIMIT ?",
                Directory.THERE,
                before.getEpochSecond(),
                after,
                max));
  }
}
