package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.noise;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.row;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.store.Access;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** The octets of messages: in, out, and while others hold theirs. */
public interface BodyContract extends ContractPart {
  private long append(byte[] message, int slice) throws StoreException {
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      IndexingAppend append =
          new IndexingAppend(group.next(AppendSpec.plain().withSize(message.length)));
      for (int at = 0; at < message.length; at += slice) {
        append.write(ByteBuffer.wrap(message, at, Math.min(slice, message.length - at)));
      }
      append.end();
      return group.commit().uids().first();
    }
  }

  @Test
  default void octetsComeBackAsTheyWent() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    for (int length : new int[] {0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 300_000}) {
      byte[] message = noise(length, length);
      long uid = append(message, 1000);
      assertArrayEquals(message, read(inbox, uid), "length " + length);
      assertEquals(length, row(inbox, uid, Item.SIZE).size());
    }
  }

  @Test
  default void aBigMessageStreamsBothWays() throws Exception {
    byte[] message = noise(20 << 20, 1);
    long uid = append(message, 16_384);
    Mailbox inbox = tested().open(INBOX);
    assertArrayEquals(message, read(inbox, uid));
  }

  @Test
  default void rangesAreReadFromAnywhere() throws Exception {
    byte[] message = noise(700_000, 2);
    long uid = append(message, 50_000);
    try (MessageContent content = tested().open(INBOX).content(uid)) {
      for (int position : new int[] {0, 1, 65_535, 262_143, 262_144, 524_289, 699_999}) {
        ByteBuffer into = ByteBuffer.allocateDirect(100_000);
        while (into.hasRemaining() && content.read((long) position + into.position(), into) >= 0) {
          assertTrue(into.position() > 0, "read something");
        }
        byte[] actual = new byte[into.flip().remaining()];
        into.get(actual);
        int end = Math.min(message.length, position + 100_000);
        assertArrayEquals(Arrays.copyOfRange(message, position, end), actual, "at " + position);
      }
      assertEquals(-1, content.read(message.length, ByteBuffer.allocate(1)));
      assertEquals(-1, content.read(message.length + 5L, ByteBuffer.allocate(1)));
    }
  }

  @Test
  default void contentOutlivesTheMailboxHandle() throws Exception {
    byte[] message = noise(200_000, 3);
    long uid = append(message, 10_000);
    MessageContent content;
    try (Mailbox inbox = tested().account().open(INBOX, Access.READ)) {
      content = tested().keep(inbox.content(uid));
    }
    assertArrayEquals(message, read(content));
  }

  @Test
  default void aBodyThatSomebodyHoldsStaysOrIsSaidToBeExpunged() throws Exception {
    byte[] message = noise(500_000, 4);
    Mailbox inbox = tested().open(INBOX);
    long uid = append(message, 100_000);
    MessageContent held = tested().keep(inbox.content(uid));
    held.read(0, ByteBuffer.allocate(10));
    inbox.remove(UidSet.of(uid));
    assertRefused(Code.EXPUNGED, () -> inbox.content(uid));
    try {
      assertArrayEquals(message, read(held));
    } catch (StoreException gone) {
      assertEquals(Code.EXPUNGED, gone.code());
    }
  }

  @Test
  default void aCopyKeepsTheOctetsWhenTheOriginalGoes() throws Exception {
    byte[] message = noise(100_000, 5);
    MailboxName other = tested().create("other");
    Mailbox inbox = tested().open(INBOX);
    long uid = append(message, 10_000);
    UidSet copies = inbox.copy(UidSet.of(uid), other).copies();
    inbox.remove(UidSet.of(uid));
    assertArrayEquals(message, read(tested().open(other), copies.first()));
  }

  /** What a store gives along with a row is what it gives when the message is read. */
  @Test
  default void octetsOfRowsAreThoseOfTheirMessages() throws Exception {
    byte[] header = octets("Subject: one\r\nFrom: a@example.org\r\n\r\n");
    List<byte[]> bodies = List.of(noise(0, 1), noise(3_000, 2), noise(15_900, 3), noise(90_000, 4));
    List<byte[]> messages = new ArrayList<>();
    for (byte[] body : bodies) {
      byte[] message = Arrays.copyOf(header, header.length + body.length);
      System.arraycopy(body, 0, message, header.length, body.length);
      messages.add(message);
      append(message, 10_000);
    }
    Mailbox inbox = tested().open(INBOX);
    for (Set<Item> items : List.of(Set.of(Item.HEADER), Set.of(Item.OCTETS, Item.INDEX))) {
      List<Row> rows = inbox.list(TestedStore.ALL, PageLimit.DEFAULT, items).rows();
      assertEquals(messages.size(), rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Octets start = rows.get(i).start();
        if (start != null) {
          assertTrue(start.length() >= header.length || items.contains(Item.OCTETS));
          assertArrayEquals(
              Arrays.copyOf(messages.get(i), start.length()), start.toByteArray(), "message " + i);
        }
      }
    }
    assertNull(row(inbox, 1, Item.INDEX).start());
  }

  @Test
  default void contentOfAMessageThatNeverWasIsExpunged() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    assertRefused(Code.EXPUNGED, () -> inbox.content(17));
  }

  @Test
  default void anIndexCanBeRenewedWithoutAChangeOfTheMailbox() throws Exception {
    long uid = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    MessageIndex renewed = MessageIndex.of(octets("Subject: another\r\n\r\n"));
    inbox.putIndex(uid, renewed);
    MessageIndex stored = row(inbox, uid, Item.INDEX).index();
    assertArrayEquals(renewed.encode(), stored == null ? new byte[0] : stored.encode());
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void halfFinishedAppendsAndOpenBodiesHoldNobodyUp() throws Exception {
    byte[] message = noise(300_000, 6);
    long uid = append(message, 100_000);
    Mailbox inbox = tested().open(INBOX);
    List<Append> appends = new ArrayList<>();
    List<MessageContent> bodies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Append append = tested().beginAppend(INBOX).next(AppendSpec.plain());
      append.write(ByteBuffer.wrap(noise(2000, i)));
      appends.add(append);
      MessageContent body = tested().keep(inbox.content(uid));
      assertTrue(body.read(i, ByteBuffer.allocate(100)) > 0);
      bodies.add(body);
    }
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 4; i++) {
        crew.add(
            () -> {
              Mailbox own = tested().open(INBOX);
              for (int n = 0; n < 5; n++) {
                UidSet mine = UidSet.of(tested().append(INBOX));
                own.storeFlags(
                    mine, FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
                own.copy(mine, INBOX);
                assertEquals(mine, own.remove(mine).uids());
              }
              return true;
            });
      }
      crew.join();
    }
    for (Append append : appends) {
      append.write(ByteBuffer.wrap(octets("more")));
    }
    for (MessageContent body : bodies) {
      assertTrue(body.read(200_000, ByteBuffer.allocate(100)) > 0);
    }
    assertEquals(21, inbox.snapshot().uids().size());
  }
}
