package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Octets that are compressed on their way into a file. */
class CompressionTest {
  @TempDir Path directory;

  private SqliteStore open(Compression compression) throws StoreException {
    return SqliteStore.in(directory).compression(compression).open();
  }

  private Path file() {
    return directory.resolve("accounts").resolve(AccountPath.fileName(Mail.ALICE));
  }

  private static byte[] noise(int length) {
    byte[] octets = new byte[length];
    new Random(7).nextBytes(octets);
    return octets;
  }

  private static byte[] slice(MessageContent content, long position, int length)
      throws StoreException {
    ByteBuffer into = ByteBuffer.allocate(length);
    content.read(position, into);
    return Arrays.copyOf(into.array(), into.position());
  }

  @Test
  void textIsMadeSmallerAndWhatCannotBeStaysAsItIs() throws StoreException {
    byte[] text = Mail.message("text", 60_000);
    Chunk packed = Compression.deflate().chunk(text, text.length);
    assertTrue(packed.data().length < text.length / 2);
    assertEquals(text.length, packed.packed());
    assertArrayEquals(text, packed.inflated());
    byte[] noise = noise(60_000);
    assertEquals(0, Compression.deflate(9).chunk(noise, noise.length).packed());
    assertEquals(0, Compression.deflate().chunk(text, 100).packed());
    assertEquals(0, Compression.none().chunk(text, text.length).packed());
    assertThrows(IllegalArgumentException.class, () -> Compression.deflate(0));
    assertThrows(IllegalArgumentException.class, () -> Compression.deflate(10));
  }

  @Test
  void whatInflatesToSomethingElseIsDamage() {
    byte[] text = Mail.message("text", 5_000);
    byte[] data = Compression.deflate().chunk(text, text.length).data();
    for (Chunk wrong :
        List.of(
            new Chunk(data, text.length - 1),
            new Chunk(data, text.length + 1),
            new Chunk(Arrays.copyOf(data, data.length / 2), text.length),
            new Chunk(noise(500), 900))) {
      assertEquals(Code.CORRUPTION, assertThrows(StoreException.class, wrong::inflated).code());
    }
  }

  @Test
  void oldMailIsReadableWhateverThePolicyWas() throws Exception {
    byte[] message = Mail.message("long", 300_000);
    for (Compression policy :
        List.of(Compression.none(), Compression.deflate(9), Compression.none())) {
      try (SqliteStore store = open(policy);
          Account alice = Mail.alice(store)) {
        Mail.append(alice, message);
      }
    }
    try (SqliteStore store = open(Compression.deflate());
        Account alice = store.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = Mail.inbox(alice)) {
      for (long uid = 1; uid <= 3; uid++) {
        assertArrayEquals(message, Mail.read(inbox, uid));
      }
      inbox.copy(UidSet.of(2), Mail.INBOX);
      inbox.remove(UidSet.of(2));
      assertArrayEquals(message, Mail.read(inbox, 4));
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
    long plain = octets(1);
    assertTrue(octets(2) < plain / 3, octets(2) + " of " + plain);
    assertEquals(plain, octets(3));
  }

  private long octets(long body) throws SQLException {
    try (Db db = Connector.writer(file())) {
      return db.number("SELECT sum(length(data)) FROM chunk WHERE id >> 20 = ?", body);
    }
  }

  @Test
  void aRangeIsReadWithoutInflatingWhatIsBefore() throws Exception {
    byte[] message = Mail.message("long", 300_000);
    try (SqliteStore store = open(Compression.deflate());
        Account alice = Mail.alice(store)) {
      Mail.append(alice, message);
    }
    try (Db db = Connector.writer(file())) {
      db.update("UPDATE chunk SET data = ? WHERE id & 1048575 < 3", noise(100));
    }
    try (SqliteStore store = open(Compression.none());
        Account alice = store.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = Mail.inbox(alice);
        MessageContent content = inbox.content(1)) {
      int fourth = 3 * Bodies.CHUNK;
      for (int at : new int[] {fourth, fourth + 1, fourth + 50_000, fourth + Bodies.CHUNK - 10}) {
        assertArrayEquals(Arrays.copyOfRange(message, at, at + 3_000), slice(content, at, 3_000));
      }
      int end = message.length - 5;
      assertArrayEquals(
          Arrays.copyOfRange(message, end, message.length), slice(content, end, 3_000));
      assertEquals(
          Code.CORRUPTION, assertThrows(StoreException.class, () -> slice(content, 0, 10)).code());
    }
  }
}
