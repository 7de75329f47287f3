package org.posthorn.store.jdbc.kill;

import java.nio.file.Path;
import java.util.List;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;

/** Opens the store in a directory or at the address of a database. */
final class StormStore {
  private StormStore() {}

  static MailStore open(String place) throws StoreException {
    return place.startsWith("postgresql:")
        ? PostgresStore.at(place).connections(3, 3).open()
        : SqliteStore.in(Path.of(place)).open();
  }

  static List<String> check(MailStore store, String account) throws StoreException {
    return store instanceof PostgresStore postgres
        ? postgres.check(account)
        : ((SqliteStore) store).check(account);
  }
}
