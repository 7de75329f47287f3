package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/** Two real processes serve one database. */
class TwoProcessesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String database = EmbeddedPostgres.emptied();

  @Test
  void eachHearsOfWhatTheOtherChanges() throws Exception {
    BlockingQueue<MailboxId> hints = new LinkedBlockingQueue<>();
    try (PostgresStore store = PostgresStore.at(database).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      AutoCloseable unused = alice.watch(new WatchSpec.Subtree(List.of()), hints::add);
      Process peer = start();
      try (BufferedReader out =
              new BufferedReader(new InputStreamReader(peer.getInputStream(), US_ASCII));
          Writer in = new OutputStreamWriter(peer.getOutputStream(), US_ASCII)) {
        assertTimeoutPreemptively(PATIENCE, () -> assertEquals("ready", out.readLine()));
        Mail.append(alice, Mail.message("from here", 100));
        assertTimeoutPreemptively(PATIENCE, () -> assertEquals("sees 1", out.readLine()));
        hints.clear();
        in.write("from there\n");
        in.flush();
        assertEquals(inbox.info().id(), hints.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(2, inbox.snapshot().uids().size());
        // What is killed in the middle of its work leaves nothing locked.
        peer.destroyForcibly().waitFor();
        Mail.append(alice, Mail.message("alone", 100));
        assertEquals(3, inbox.snapshot().uids().size());
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  /** A lease is of fifteen minutes, but its holder is dead. */
  @Test
  void whatAKilledProcessHadForItselfIsFreeAtOnce() throws Exception {
    try (PostgresStore store = PostgresStore.at(database).open();
        Account alice = Mail.alice(store)) {
      Process peer = start();
      try (BufferedReader out =
              new BufferedReader(new InputStreamReader(peer.getInputStream(), US_ASCII));
          Writer in = new OutputStreamWriter(peer.getOutputStream(), US_ASCII)) {
        assertTimeoutPreemptively(PATIENCE, () -> assertEquals("ready", out.readLine()));
        in.write("exclusive\n");
        in.flush();
        assertTimeoutPreemptively(PATIENCE, () -> assertEquals("has it", out.readLine()));
        assertInUse(alice);
        assertInUse(alice);
        peer.destroyForcibly().waitFor();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!isFree(alice)) {
          assertTrue(System.nanoTime() < end, "the lease outlives its holder");
        }
      } finally {
        peer.destroyForcibly();
      }
    }
  }

  private static void assertInUse(Account alice) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> alice.open(Mail.INBOX, Access.EXCLUSIVE));
    assertEquals(StoreException.Code.IN_USE, refusal.code());
  }

  /** The database takes a moment to notice. */
  private static boolean isFree(Account alice) throws StoreException {
    try {
      alice.open(Mail.INBOX, Access.EXCLUSIVE).close();
      return true;
    } catch (StoreException e) {
      assertEquals(StoreException.Code.IN_USE, e.code());
      return false;
    }
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PeerProcess.class.getName(),
            database)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
