package org.posthorn.store.cassandra.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A good history passes, and each rule notices what breaks it. */
class HistoryCheckerTest {
  /** Two sessions, three messages, one of each command. */
  private static final List<String> GOOD =
      List.of(
          "select s1 0 5 a 7 1 -",
          "append s1 10 20 OK a 1 7 1",
          "append s2 12 22 OK a 2 7 2",
          "append s2 23 24 NO a 3 0 0",
          "select s2 30 35 a 7 4 1:3",
          "saw s2 35 a 1 2 1 -",
          "saw s2 35 a 2 3 2 -",
          "saw s2 35 a 3 4 3 -",
          "saw s1 36 a 1 2 1 -",
          "store s1 40 45 OK a 1 +$s1",
          "saw s1 45 a 1 5 0 $s1",
          "saw s2 46 a 1 5 0 $s1",
          "copy s1 50 55 OK a 1 b 1 1",
          "move s2 60 65 OK a 2:3 b 2:3 2:3",
          "gone s2 65 a 2:3",
          "expunge s2 70 75 OK b 3",
          "fault 76 killed node1",
          "hint 77 1500 quiet",
          "select s2 80 85 b 8 6 1:2",
          "saw s2 85 b 1 3 1 $s1",
          "saw s2 85 b 2 4 2 -",
          "has s1 a 1 5 $s1",
          "view s1 a 1",
          "has s2 b 1 3 $s1",
          "has s2 b 2 4 -",
          "view s2 b 2",
          "truth a 7 6 1",
          "message a 1 5 1 good $s1",
          "truth b 8 6 1:2",
          "message b 1 3 1 good $s1",
          "message b 2 4 2 good -");

  private static List<String> judge(List<String> lines) {
    List<Event> events = new ArrayList<>();
    for (String line : lines) {
      Event event = Event.parse(line);
      assertEquals(line, event.line());
      events.add(event);
    }
    return HistoryChecker.check(events);
  }

  @Test
  void aGoodHistoryPasses() {
    assertEquals(List.of(), judge(GOOD));
  }

  /** The line that begins so becomes another one, or goes; then the rule complains. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "append s1,        append s1 10 20 OK a 1 7 9,                    LossRule: acknowledged"
            + " and lost",
        "message b 2,      none,                                          LossRule: message 2 is"
            + " there 0",
        "copy s1,          copy s1 50 55 OK a 1 b - -,                    LossRule: said not to be"
            + " there",
        "move s2,          copy s2 60 65 OK a 2:3 b 2:3 2:3,              LossRule: message 2 is"
            + " there 1",
        "append s1,        append s1 10 20 NO c 5 0 0,                    LossRule: message 1 is"
            + " there 2 times",
        "expunge s2,       expunge s2 70 75 OK b 2:3,                     LossRule: acknowledged to"
            + " be gone",
        "message b 2,      message b 2 4 2 bad -,                         LossRule: octets",
        "message a 1,      message a 1 5 1 good -,                        FlagRule: an acknowledged"
            + " keyword",
        "store s1,         store s1 40 45 OK a 1 -$s1,                    FlagRule: a keyword came"
            + " back",
        "append s2 12,     append s2 12 22 OK a 2 7 1,                    UidRule: UID a/1 was"
            + " given twice",
        "saw s2 35 a 2,    saw s2 35 a 2 3 9 -,                           UidRule: UID a/2 is"
            + " message 2",
        "move s2,          move s2 60 65 OK a 2:3 b 2:3 1:2,              UidRule: UID b/1 was"
            + " given twice",
        "select s2 30,     select s2 30 35 a 6 4 1:3,                     UidRule: UIDVALIDITY",
        "select s1,        select s1 0 5 a 7 1 3,                         OrderRule: UID 1 came"
            + " though",
        "saw s1 36,        saw s1 36 a 1 2 1 -|saw s1 37 a 3 4 3 -|saw s1 38 a 2 3 2 -, OrderRule:"
            + " came after UID 3",
        "select s2 30,     select s2 30 35 a 7 4 2:3,                     RecencyRule: a/1 was"
            + " acknowledged",
        "select s2 80,     select s2 80 85 b 8 6 1:3,                     RecencyRule: b/3 was"
            + " taken away",
        "saw s2 46,        saw s2 46 a 1 1 0 $s1,                         RecencyRule: MODSEQ was"
            + " 2",
        "message a 1,      message a 1 4 1 good $s1,                      RecencyRule: MODSEQ seen"
            + " was 5",
        "select s2 30,     select s2 30 35 a 7 4 1:3|select s3 36 37 a 7 3 1:3, RecencyRule:"
            + " HIGHESTMODSEQ",
        "truth a,          truth a 7 3 1,                                 RecencyRule:"
            + " HIGHESTMODSEQ went back",
        "truth a,          truth a 7 6 1:2,                               ViewRule: listed in the"
            + " end",
        "has s1 a 1,       none,                                          ViewRule: has 0"
            + " different",
        "has s2 b 2,       has s2 b 3 4 -,                                ViewRule: in a view and"
            + " not there",
        "has s2 b 1,       has s2 b 1 3 -,                                ViewRule: in a view"
            + " otherwise",
        "view s1,          view s1 b 1,                                   ViewRule: not in the view"
            + " of s1",
        "view s,           none,                                          the history has no end"
      })
  void whatIsWrongIsNoticed(String begin, String instead, String complaint) {
    List<String> lines = new ArrayList<>();
    for (String line : GOOD) {
      if (!line.startsWith(begin)) {
        lines.add(line);
      } else if (instead != null) {
        lines.addAll(List.of(instead.split("\\|")));
      }
    }
    List<String> wrong = judge(lines);
    assertTrue(wrong.stream().anyMatch(line -> line.startsWith(complaint)), wrong::toString);
  }

  /** What was not acknowledged may have been done or not. */
  @ParameterizedTest
  @CsvSource({
    "append s1,  append s1 10 20 UNKNOWN a 1 0 0",
    "move s2,    move s2 60 65 NO a 2:3 b - -",
    "copy s1,    copy s1 50 55 UNKNOWN a 1 b - -",
    "expunge s2, expunge s2 70 75 NO b 3",
    "store s1,   store s1 40 45 NO a 1 -$s1"
  })
  void aLostAnswerLeavesBothPossible(String begin, String instead) {
    List<String> lines = new ArrayList<>();
    GOOD.forEach(line -> lines.add(line.startsWith(begin) ? instead : line));
    assertEquals(List.of(), judge(lines));
  }

  private static List<String> shortfalls(int ok, int no, int unavailable, long hint) {
    List<Event> events = new ArrayList<>();
    events.add(Event.parse("append s1 1 2 OK a 1 7 1"));
    events.add(Event.parse("hint 3 " + hint + " quiet"));
    events.add(Event.parse("fault 10 killed node1"));
    // They end when all is well again, and are booked under what there was when they began.
    events.add(Event.parse("fault 20 quiet -"));
    for (int i = 0; i < ok + no + unavailable; i++) {
      String result = i < ok ? "OK" : i < ok + no ? "NO" : "UNAVAILABLE";
      events.add(Event.parse("copy s1 15 25 " + result + " a 1 b - -"));
    }
    return Summary.of(events).shortfalls();
  }

  @Test
  void whoHardlyAnswersFallsShort() {
    assertEquals(List.of(), shortfalls(40, 60, 0, 900_000));
    assertEquals(List.of(), shortfalls(60, 31, 9, 900_000));
    assertEquals(1, shortfalls(60, 20, 20, 900_000).size());
    assertEquals(0, shortfalls(0, 0, 19, 900_000).size());
    assertEquals(1, shortfalls(100, 0, 0, 1_100_000).size());
    assertEquals(2, shortfalls(0, 0, 20, 1_100_000).size());
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (String line : List.of("", "append s1", "nothing 1 2", "gone s2 x a 2:3")) {
      assertThrows(IllegalArgumentException.class, () -> Event.parse(line), line);
    }
  }
}
