package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Place;
import org.posthorn.store.support.Sharing;

/** A client that hears nothing asks for its MOVE to another account again, while the first runs. */
class MovedTwiceTest {
  private static final MailboxName ALICES = MailboxName.of("Other Users", "alice", "INBOX");

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static void fill(MailStore store, int messages) throws Exception {
    Mail.alice(store).close();
    try (Account bob = Mail.account(store, "bob")) {
      Acl acl = store.facet(Acl.class).orElseThrow();
      acl.set(Identity.owner("alice"), Mail.INBOX, "bob", Acl.Mode.REPLACE, Rights.ALL);
      Mail.fill(bob, Mail.INBOX, messages);
    }
  }

  private static UidSet messages(MailStore store, String account) throws Exception {
    try (Account open = store.open(Identity.owner(account));
        Mailbox inbox = Mail.inbox(open)) {
      return inbox.snapshot().uids();
    }
  }

  /** OK where it found something to move, else how it was refused. */
  private static String move(MailStore store, UidSet uids, CyclicBarrier start) throws Exception {
    try (Account bob = store.open(Identity.owner("bob"));
        Mailbox inbox = Mail.inbox(bob)) {
      start.await();
      return inbox.move(uids, ALICES).source().isEmpty() ? "nothing" : "OK";
    } catch (StoreException e) {
      return e.code().name();
    }
  }

  @Test
  void inADatabase() throws Exception {
    String database = EmbeddedPostgres.emptied();
    try (PostgresStore here = PostgresStore.at(database).open();
        PostgresStore there = PostgresStore.at(database).open()) {
      fill(here, 3);
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<String>> moves = new ArrayList<>();
      try (Connection atWork = EmbeddedPostgres.busy(database, "alice")) {
        for (MailStore store : List.of(here, there)) {
          moves.add(threads.submit(() -> move(store, UidSet.range(1, 2), start)));
        }
        // Both have read the messages, and neither has committed its copies.
        EmbeddedPostgres.awaitLockWaiters(database, 2);
        atWork.rollback();
      }
      List<String> answers = new ArrayList<>();
      for (Future<String> one : moves) {
        answers.add(one.get(60, TimeUnit.SECONDS));
      }
      assertTrue(answers.containsAll(List.of("OK", "EXPUNGED")), answers.toString());
      assertEquals(UidSet.of(3), messages(there, "bob"));
      assertEquals(2, messages(here, "alice").size());
      assertEquals(List.of(), here.check("alice"));
    }
  }

  @Test
  void inFiles() throws Exception {
    int rounds = 12;
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      fill(store, rounds);
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 1; round <= rounds; round++) {
        UidSet one = UidSet.of(round);
        Future<String> other = threads.submit(() -> move(store, one, start));
        List<String> answers = List.of(move(store, one, start), other.get(60, TimeUnit.SECONDS));
        assertTrue(answers.contains("OK"), answers.toString());
        assertEquals(round, messages(store, "alice").size(), answers.toString());
      }
      assertEquals(UidSet.EMPTY, messages(store, "bob"));
    }
  }

  @Test
  void whatIsBeingMovedIsNotMovedAgain() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      fill(store, 3);
      try (Account bob = store.open(Identity.owner("bob"));
          Mailbox inbox = Mail.inbox(bob);
          MoveUnderWay first = MoveUnderWay.begin(inbox, UidSet.of(2))) {
        StoreException refusal =
            assertThrows(
                StoreException.class, () -> inbox.move(UidSet.range(1, 2), ALICES), first::name);
        assertEquals(Code.IN_USE, refusal.code());
        assertEquals(UidSet.of(3), inbox.move(UidSet.of(3), ALICES).source());
      }
      try (Account bob = store.open(Identity.owner("bob"));
          Mailbox inbox = Mail.inbox(bob)) {
        assertEquals(UidSet.range(1, 2), inbox.move(UidSet.range(1, 2), ALICES).source());
      }
    }
  }

  /** A move that goes no further than its entry in the journal, until it is given up. */
  private record MoveUnderWay(Moves journal, String name, Place target) implements AutoCloseable {
    static MoveUnderWay begin(Mailbox inbox, UidSet uids) throws Exception {
      AccountMail mail = ((JdbcMailbox) Sharing.unwrapped(inbox)).mail();
      var source =
          new Place("bob", Mail.INBOX, Objects.requireNonNull(inbox.info().id()), Rights.ALL);
      var target = new Place("alice", Mail.INBOX, source.id(), Rights.ALL);
      return new MoveUnderWay(mail.moves(), mail.moves().begin(source, uids, target), target);
    }

    @Override
    public void close() {
      journal.end(name, target);
    }
  }
}
