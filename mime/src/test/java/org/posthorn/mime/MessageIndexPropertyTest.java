package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageIndexPropertyTest {

  /** Messages put together from pieces that mean something to the parser, right or wrong. */
  @Provide
  Arbitrary<byte[]> messages() {
    return Arbitraries.of(
            "Content-Type: multipart/mixed; boundary=a\r\n",
            "Content-Type: multipart/digest; boundary=\"a b\"\r\n",
            "Content-Type: message/rfc822\r\n",
            "Content-Type: text/plain; name*0=x; name*1*=%20\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "From: A (c) <a@b>, g: \"x\" <@r:y@z>;\r\n",
            "Subject:",
            " folded\r\n",
            "\r\n",
            "\n",
            "\r",
            "--a\r\n",
            "--a--\r\n",
            "--a b\n",
            "--a b--",
            "--",
            "-",
            "text",
            "\u0000\u00e9",
            ": ;\"(<")
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Property
  void anySplitGivesTheSameIndex(@ForAll("messages") byte[] message, @ForAll long seed) {
    byte[] whole = MessageIndex.of(message).encode();
    Random random = new Random(seed);
    MessageIndexer indexer = new MessageIndexer();
    for (int at = 0; at < message.length; ) {
      int length = Math.min(message.length - at, random.nextInt(8));
      ByteBuffer chunk = ByteBuffer.wrap(message, at, length);
      indexer.write(random.nextBoolean() ? chunk : direct(chunk));
      at += length;
    }
    assertEquals(message.length, indexer.octets());
    assertArrayEquals(whole, indexer.finish().encode());
  }

  private static ByteBuffer direct(ByteBuffer chunk) {
    return ByteBuffer.allocateDirect(chunk.remaining()).put(chunk).flip();
  }

  @Property
  void partsLieWithinEachOther(@ForAll("messages") byte[] message) {
    MessageIndex index = MessageIndex.of(message);
    assertEquals(message.length, index.size());
    Part root = index.root();
    assertEquals(0, root.headerStart());
    assertEquals(message.length, root.end());
    check(root, message);
  }

  private static void check(Part part, byte[] message) {
    assertTrue(part.headerStart() <= part.bodyStart() && part.bodyStart() <= part.end());
    long lines = 0;
    for (long i = part.bodyStart(); i < part.end(); i++) {
      lines += message[(int) i] == '\n' ? 1 : 0;
    }
    assertEquals(lines, part.lines());
    long at = part.headerStart();
    for (Field field : part.fields()) {
      assertTrue(at <= field.start() && field.start() < field.valueStart());
      assertTrue(field.valueStart() <= field.end() && field.end() <= part.bodyStart());
      assertEquals(':', message[(int) field.valueStart() - 1]);
      at = field.end();
    }
    at = part.bodyStart();
    List<Part> children = part.children();
    assertEquals(part.kind() == Part.Kind.SINGLE, children.isEmpty());
    for (Part child : children) {
      assertTrue(at <= child.headerStart() && child.end() <= part.end());
      at = child.end();
      check(child, message);
    }
  }

  @Property
  void storedFormComesBack(@ForAll("messages") byte[] message) throws IndexFormatException {
    MessageIndex index = MessageIndex.of(message);
    MessageIndex decoded = MessageIndex.decode(index.encode());
    assertArrayEquals(index.encode(), decoded.encode());
    assertEquals(index.defects(), decoded.defects());
    assertEquals(show(index.root()), show(decoded.root()));
  }

  private static String show(Part part) {
    return Structure.of(part) + part.fields() + part.envelope() + part.parameters();
  }

  @Property
  void damageIsSeen(@ForAll("messages") byte[] message, @ForAll long seed) {
    byte[] stored = MessageIndex.of(message).encode();
    Random random = new Random(seed);
    int at = random.nextInt(stored.length);
    stored[at] ^= (byte) (1 + random.nextInt(255));
    assertThrows(IndexFormatException.class, () -> MessageIndex.decode(stored));
  }

  @Property
  void arbitraryOctetsAreNoIndex(@ForAll byte[] octets) {
    assertThrows(IndexFormatException.class, () -> MessageIndex.decode(octets));
  }

  @Property
  void arbitraryOctetsAreAMessage(@ForAll byte[] octets) {
    check(MessageIndex.of(octets).root(), octets);
  }

  @Property
  void textsHoldNothingThatTheWireForbids(@ForAll("messages") byte[] message) {
    checkTexts(MessageIndex.of(message).root());
  }

  private static void checkTexts(Part part) {
    String all =
        part.type()
            + ""
            + part.subtype()
            + part.encoding()
            + part.parameters()
            + part.disposition()
            + part.id()
            + part.description()
            + part.languages()
            + part.envelope();
    assertTrue(all.indexOf('\r') < 0 && all.indexOf('\n') < 0 && all.indexOf('\0') < 0, all);
    part.children().forEach(MessageIndexPropertyTest::checkTexts);
  }
}
