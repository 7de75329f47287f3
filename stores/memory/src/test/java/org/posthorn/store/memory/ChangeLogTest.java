package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Cursor;
import org.posthorn.store.UidSet;

class ChangeLogTest {
  @Test
  void findsWhereToGoOn() {
    ChangeLog log = new ChangeLog();
    for (long[] entry : new long[][] {{2, 1}, {2, 5}, {2, 9}, {4, 3}, {7, 1}}) {
      log.add(entry[0], entry[1], 5, (modSeq, uid) -> true);
    }
    assertEquals(0, log.firstAfter(new Cursor(0, 0)));
    assertEquals(1, log.firstAfter(new Cursor(2, 1)));
    assertEquals(2, log.firstAfter(new Cursor(2, 6)));
    assertEquals(3, log.firstAfter(Cursor.after(2)));
    assertEquals(3, log.firstAfter(Cursor.after(3)));
    assertEquals(5, log.firstAfter(Cursor.after(7)));
  }

  @Test
  void staysSmallHoweverOftenAMessageChanges() {
    ChangeLog log = new ChangeLog();
    Map<Long, Long> current = new HashMap<>();
    for (long modSeq = 1; modSeq <= 100_000; modSeq++) {
      long uid = modSeq % 10;
      current.put(uid, modSeq);
      log.add(modSeq, uid, 10, (at, of) -> current.getOrDefault(of, 0L) == at);
    }
    assertTrue(log.size() < 3_000, "entries " + log.size());
    long latest = 0;
    for (int i = log.firstAfter(Cursor.after(99_990)); i < log.size(); i++) {
      latest++;
      assertEquals(99_990 + latest, log.modSeq(i));
    }
    assertEquals(10, latest);
  }

  @Test
  void vanishedUidsAreThoseBetweenTwoPositions() {
    VanishedLog log = new VanishedLog(100);
    log.add(3, UidSet.of(1, 5, 9));
    log.add(6, UidSet.of(2, 3));
    assertEquals(UidSet.of(1, 2, 3, 5, 9), log.between(new Cursor(0, 0), Cursor.after(9)));
    assertEquals(UidSet.of(9), log.between(new Cursor(3, 5), Cursor.after(5)));
    assertEquals(UidSet.of(5), log.between(new Cursor(3, 1), new Cursor(3, 8)));
    assertEquals(UidSet.of(1, 2, 5, 9), log.between(Cursor.after(1), new Cursor(6, 2)));
    assertEquals(UidSet.EMPTY, log.between(Cursor.after(6), Cursor.after(6)));
    assertEquals(UidSet.EMPTY, log.between(Cursor.after(9), Cursor.after(6)));
  }
}
