package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Cursor;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.testkit.SetClock;

/** What depends on the clock. */
class TimeTest {
  @TempDir Path directory;
  private final SetClock clock = new SetClock();

  @Test
  void aSilentHolderLosesExclusiveUseToTheNext() throws StoreException {
    try (SqliteStore store =
            SqliteStore.in(directory).clock(clock).exclusiveLease(Duration.ofMinutes(10)).open();
        Account alice = Mail.alice(store);
        Mailbox first = alice.open(Mail.INBOX, Access.EXCLUSIVE)) {
      clock.forward(Duration.ofMinutes(9));
      first.snapshot();
      clock.forward(Duration.ofMinutes(9));
      assertThrows(StoreException.class, () -> alice.open(Mail.INBOX, Access.EXCLUSIVE));
      clock.forward(Duration.ofMinutes(2));
      try (Mailbox second = alice.open(Mail.INBOX, Access.EXCLUSIVE)) {
        assertTrue(second.snapshot().uids().isEmpty());
        assertEquals(Code.IN_USE, assertThrows(StoreException.class, first::snapshot).code());
      }
    }
  }

  @Test
  void vanishedHistoryIsForgottenByAge() throws StoreException {
    try (SqliteStore store =
            SqliteStore.in(directory).clock(clock).vanished(1_000, Duration.ofDays(7)).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Mail.fill(alice, Mail.INBOX, 5);
      Cursor start = inbox.snapshot().cursor();
      inbox.remove(UidSet.of(1));
      Cursor later = inbox.snapshot().cursor();
      clock.forward(Duration.ofDays(6));
      inbox.remove(UidSet.of(2));
      assertFalse(inbox.changesSince(start, PageLimit.DEFAULT).historyLost());
      clock.forward(Duration.ofDays(2));
      inbox.remove(UidSet.of(3));
      assertTrue(inbox.changesSince(start, PageLimit.DEFAULT).historyLost());
      assertEquals(UidSet.of(2, 3), inbox.changesSince(later, PageLimit.DEFAULT).vanished());
      assertFalse(inbox.changesSince(later, PageLimit.DEFAULT).historyLost());
    }
  }
}
