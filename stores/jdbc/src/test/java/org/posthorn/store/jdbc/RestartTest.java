package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

/** PostgreSQL goes away in the middle of work and comes back; the store stays as it is. */
@Tag("long")
class RestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WORKERS = 3;

  @TempDir Path directory;

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setPGStartupWait(PATIENCE)
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatIsAwayIsRefusedAndComesBackByItself() throws Exception {
    int port = freePort();
    EmbeddedPostgres server = start(port);
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    String address = "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    try (PostgresStore store = PostgresStore.at(address).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
      AutoCloseable unused = alice.watch(new WatchSpec.Subtree(List.of()), heard::add);
      List<Future<Boolean>> workers =
          List.of(
              threads.submit(() -> append(alice, 1)),
              threads.submit(() -> append(alice, 2)),
              threads.submit(() -> append(alice, 3)));
      await(() -> acknowledged.size() >= 10);
      server.close();
      await(() -> refused.get() >= WORKERS);
      StoreException away = assertThrows(StoreException.class, inbox::snapshot);
      assertEquals(Code.UNAVAILABLE, away.code());
      assertFalse(String.valueOf(away.getMessage()).contains("SQL"), away.getMessage());
      int before = acknowledged.size();
      server = start(port);
      await(() -> acknowledged.size() >= before + 10);
      stop = true;
      for (Future<Boolean> worker : workers) {
        assertTrue(worker.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      UidSet there = inbox.snapshot().uids();
      for (long uid : acknowledged) {
        assertTrue(there.contains(uid), "message " + uid + " was acknowledged and is lost");
      }
      assertEquals(List.of(), store.check(Mail.ALICE));
      heard.clear();
      try (PostgresStore other = PostgresStore.at(address).open();
          Account same = Mail.alice(other)) {
        Mail.append(same, Mail.message("from elsewhere", 10));
        await(() -> !heard.isEmpty());
      }
    } finally {
      stop = true;
      threads.shutdownNow();
      server.close();
    }
  }

  private volatile boolean stop;

  private boolean append(Account alice, int worker) {
    while (!stop) {
      try {
        UidSet uids =
            Mail.append(alice, Mail.message("from " + worker, worker == 1 ? 150_000 : 100)).uids();
        assertTrue(acknowledged.add(uids.first()), "UID " + uids + " was given twice");
      } catch (StoreException e) {
        assertEquals(Code.UNAVAILABLE, e.code(), e.toString());
        refused.incrementAndGet();
      }
    }
    return true;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "it did not happen in time");
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
