package org.posthorn.integration;

import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.server.Transport;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.EmbeddedPostgres;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/** What a server under test runs on. */
record Setup(Driver driver, Store store) {
  enum Driver {
    JDK,
    NETTY;

    Transport transport() {
      return this == JDK ? new JdkTransport() : new NettyTransport();
    }
  }

  enum Store {
    MEMORY,
    SQLITE,
    POSTGRES;

    MailStore open(Path folder, Clock clock) throws StoreException {
      return switch (this) {
        case MEMORY -> MemoryStore.builder().clock(clock).build();
        case SQLITE -> SqliteStore.in(folder).clock(clock).open();
        case POSTGRES ->
            PostgresStore.at(Database.of(folder)).connections(3, 3).clock(clock).open();
      };
    }
  }

  /** The one database, empty for each folder that comes after another one. */
  private static final class Database {
    private static @Nullable Path lastFolder;
    private static String address = "";

    static synchronized String of(Path folder) {
      if (!folder.equals(lastFolder)) {
        address = EmbeddedPostgres.emptied();
        lastFolder = folder;
      }
      return address;
    }
  }

  /** Every driver over memory and SQLite, and one over PostgreSQL. */
  static Stream<Setup> all() {
    return Stream.of(
        new Setup(Driver.JDK, Store.MEMORY),
        new Setup(Driver.JDK, Store.SQLITE),
        new Setup(Driver.JDK, Store.POSTGRES),
        new Setup(Driver.NETTY, Store.MEMORY),
        new Setup(Driver.NETTY, Store.SQLITE));
  }

  /** Each driver and each store once. */
  static Stream<Setup> each() {
    return Stream.of(new Setup(Driver.JDK, Store.MEMORY), new Setup(Driver.NETTY, Store.SQLITE));
  }

  @Override
  public String toString() {
    return driver + " over " + store;
  }
}
