package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

class MessageTableTest {
  private static final Flags[] STATES = {
    Flags.NONE,
    Flags.of(SystemFlag.SEEN),
    Flags.of(SystemFlag.DELETED),
    Flags.of(SystemFlag.SEEN, SystemFlag.DELETED)
  };

  /** What becomes of the message at a UID: null takes it away. */
  record Step(long uid, int state) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1200), Arbitraries.integers().between(-1, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  private static Message message(long uid, Flags flags) {
    MessageIndex index = MessageIndex.of(new byte[0]);
    Body body = new Body(new byte[0][], uid % 7, "M", index, new BodyMemory(0));
    OffsetDateTime date = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    Threads.Discussion thread = new Threads(() -> "T").of(body);
    return new Message(uid, 1, flags, body, thread, date, Instant.EPOCH);
  }

  @Property
  void isAMapWithCounters(@ForAll("steps") List<Step> steps) {
    MessageTable table = new MessageTable();
    TreeMap<Long, Flags> model = new TreeMap<>();
    for (Step step : steps) {
      Message there = table.get(step.uid());
      if (step.state() < 0) {
        if (there != null) {
          table.remove(there);
        }
        model.remove(step.uid());
      } else {
        Flags flags = STATES[step.state()];
        if (there == null) {
          table.add(message(step.uid(), flags));
        } else {
          table.change(there, flags, 2);
        }
        model.put(step.uid(), flags);
      }
    }
    assertSame(model, table);
  }

  private static void assertSame(NavigableMap<Long, Flags> model, MessageTable table) {
    assertEquals(model.size(), table.size());
    assertEquals(count(model, SystemFlag.DELETED), table.deleted());
    assertEquals(model.size() - count(model, SystemFlag.SEEN), table.unseen());
    assertEquals(model.keySet().stream().mapToLong(uid -> uid % 7).sum(), table.octets());
    List<Long> marked =
        model.keySet().stream()
            .filter(uid -> model.get(uid).has(SystemFlag.DELETED) && uid <= 900)
            .toList();
    List<Long> found = new ArrayList<>();
    table.forEachDeleted(UidSet.range(1, 900), message -> found.add(message.uid));
    assertEquals(marked, found);
    assertEquals(
        model.keySet().stream()
            .filter(uid -> !model.get(uid).has(SystemFlag.SEEN))
            .findFirst()
            .orElse(0L),
        table.firstUnseen());
    for (long uid : new long[] {1, 255, 256, 300, 511, 1200, 5000}) {
      Message next = table.ceiling(uid);
      assertEquals(model.ceilingKey(uid), next == null ? null : (Long) next.uid);
      assertEquals(model.tailMap(uid).size(), table.countFrom(uid));
    }
    List<Long> visited = new ArrayList<>();
    UidSet some = UidSet.builder().addRange(3, 260).addRange(500, UidSet.MAX_UID).build();
    table.forEach(some, message -> visited.add(message.uid));
    assertEquals(model.keySet().stream().filter(some::contains).toList(), visited);
  }

  private static long count(NavigableMap<Long, Flags> model, SystemFlag flag) {
    return model.values().stream().filter(flags -> flags.has(flag)).count();
  }

  @Test
  void hasNothingBeyondItsEnd() {
    MessageTable table = new MessageTable();
    assertNull(table.get(UidSet.MAX_UID));
    assertNull(table.ceiling(UidSet.MAX_UID));
    assertEquals(0, table.firstUnseen());
  }
}
