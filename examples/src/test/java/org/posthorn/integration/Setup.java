package org.posthorn.integration;

import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.posthorn.server.Transport;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
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
    SQLITE;

    MailStore open(Path folder, Clock clock) throws StoreException {
      return this == MEMORY
          ? MemoryStore.builder().clock(clock).build()
          : SqliteStore.in(folder).clock(clock).open();
    }
  }

  /** Every driver over every store. */
  static Stream<Setup> all() {
    return Stream.of(Driver.values())
        .flatMap(driver -> Stream.of(Store.values()).map(store -> new Setup(driver, store)));
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
