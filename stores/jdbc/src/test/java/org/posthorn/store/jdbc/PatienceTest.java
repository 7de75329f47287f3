package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Account;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Who waits for a turn at an account does not wait for ever. */
class PatienceTest {
  private final String database = EmbeddedPostgres.emptied();

  @Test
  void whoHasNoneLeftIsRefusedAndWhoWaitsInTheDatabaseGoesOn() throws Exception {
    ExecutorService others = Executors.newSingleThreadExecutor();
    try (PostgresStore store = PostgresStore.at(database).patience(Duration.ofMillis(50)).open();
        Account alice = Mail.alice(store);
        Connection stranger = EmbeddedPostgres.connect(database);
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute("SELECT 1 FROM account FOR UPDATE");
      Future<Long> first =
          others.submit(() -> Mail.append(alice, Mail.message("first", 10)).uids().first());
      EmbeddedPostgres.awaitLockWaiters(database, 1);
      StoreException refused =
          assertThrows(StoreException.class, () -> Mail.append(alice, Mail.message("second", 10)));
      assertEquals(Code.UNAVAILABLE, refused.code());
      assertEquals("the account is busy", refused.getMessage());
      stranger.rollback();
      assertEquals(1, first.get(30, TimeUnit.SECONDS));
      assertEquals(2, Mail.append(alice, Mail.message("third", 10)).uids().first());
    } finally {
      others.shutdownNow();
    }
  }
}
