package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The floor of a mailbox's history rises before rows of it go. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class HistoryFloorTest extends TwoServers {
  private Duration ahead = Duration.ZERO;

  @Test
  void itRisesByAllThatIsOldHoweverManyRowsALookReads() throws Exception {
    try (CassandraStore store =
        TestKeyspace.shared()
            .clock(new TestClock(() -> Instant.now().plus(ahead)))
            .history(Duration.ofDays(10))
            .open()) {
      for (int i = 0; i < 9; i++) {
        append(store, INBOX, "Subject: old\r\n\r\n");
      }
      String inbox = open(store, INBOX).info().id().value();
      Boxes boxes = store.parts().boxes();
      long old = boxes.quiet(inbox).modSeq;
      ahead = Duration.ofDays(11);
      Draft draft = new Draft(boxes.messages, boxes.quiet(inbox));
      draft.modSeq();
      HistoryFloor floor = new HistoryFloor(store.parts().cql(), store.parts().settings(), 2);
      floor.raise(draft);
      assertEquals(old, draft.box.historyFloor);
      append(store, INBOX, "Subject: young\r\n\r\n");
      assertEquals(old, boxes.quiet(inbox).historyFloor);
      ahead = Duration.ofDays(12);
      Draft later = new Draft(boxes.messages, boxes.quiet(inbox));
      later.modSeq();
      floor.raise(later);
      assertEquals(old, later.box.historyFloor, "the last one is young");
    }
  }
}
