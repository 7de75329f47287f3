package org.posthorn.store.jdbc.kill;

import java.nio.file.Path;
import java.util.List;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;

/** Opens the store in a directory or at the address of a database. */
final class StormStore {
  /**
   * A machine busy with other tests may take long to let somebody in; where the time is over, the
   * failure says which database could not be used.
   */
  private static final String PATIENCE = "?connectTimeout=60&loginTimeout=60";

  private StormStore() {}

  static MailStore open(String place) throws StoreException {
    return place.startsWith("postgresql:")
        ? PostgresStore.at(place + PATIENCE).connections(3, 3).open()
        : SqliteStore.in(Path.of(place)).open();
  }

  static List<String> check(MailStore store, String account) throws StoreException {
    return store instanceof PostgresStore postgres
        ? postgres.check(account)
        : ((SqliteStore) store).check(account);
  }
}
