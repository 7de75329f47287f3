package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What a mailbox should hold, in the most obvious form. */
final class ModelMailbox {
  static final class Message {
    private final Flags flags;
    private final byte[] octets;
    private final long modSeq;

    Message(Flags flags, byte[] octets, long modSeq) {
      this.flags = flags;
      this.octets = octets;
      this.modSeq = modSeq;
    }

    Flags flags() {
      return flags;
    }

    byte[] octets() {
      return octets;
    }

    long modSeq() {
      return modSeq;
    }

    Message with(Flags newFlags, long newModSeq) {
      return new Message(newFlags, octets, newModSeq);
    }
  }

  final NavigableMap<Long, Message> messages = new TreeMap<>();
  private long highestUid;
  private long highestModSeq;

  ModelMailbox(Snapshot start) {
    highestUid = start.uidNext() - 1;
    highestModSeq = start.highestModSeq();
  }

  long highestModSeq() {
    return highestModSeq;
  }

  UidSet uids() {
    return uids(List.copyOf(messages.keySet()));
  }

  static UidSet uids(Iterable<Long> each) {
    UidSet.Builder uids = UidSet.builder();
    each.forEach(uids::add);
    return uids.build();
  }

  void add(long uid, Flags flags, byte[] octets, long modSeq) {
    assertTrue(uid > highestUid, "UID " + uid + " after " + highestUid);
    highestUid = uid;
    messages.put(uid, new Message(flags, octets, modSeq));
  }

  /** A change that is greater than all before. */
  void changedAt(long modSeq) {
    assertTrue(modSeq > highestModSeq, "MODSEQ " + modSeq + " after " + highestModSeq);
    highestModSeq = modSeq;
  }

  void assertSame(Mailbox mailbox) throws Exception {
    Snapshot cut = mailbox.snapshot();
    assertEquals(uids(), cut.uids());
    assertEquals(highestModSeq, cut.highestModSeq());
    assertTrue(cut.uidNext() > highestUid);
    long firstUnseen =
        messages.entrySet().stream()
            .filter(entry -> !entry.getValue().flags().has(SystemFlag.SEEN))
            .mapToLong(Map.Entry::getKey)
            .findFirst()
            .orElse(0);
    assertEquals(firstUnseen, cut.firstUnseenUid());
    List<Row> rows = TestedStore.rows(mailbox, Item.SIZE);
    assertEquals(messages.size(), rows.size());
    for (Row row : rows) {
      Message expected = messages.get(row.uid());
      assertTrue(expected != null, "UID " + row.uid());
      if (expected != null) {
        assertEquals(expected.flags(), row.flags());
        assertEquals(expected.modSeq(), row.modSeq());
        assertEquals(expected.octets().length, row.size());
      }
    }
  }

  void assertOctetsSame(Mailbox mailbox) throws Exception {
    for (var entry : messages.entrySet()) {
      assertArrayEquals(entry.getValue().octets(), TestedStore.read(mailbox, entry.getKey()));
    }
  }
}
