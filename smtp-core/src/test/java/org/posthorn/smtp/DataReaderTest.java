package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataReaderTest {
  private static String read(DataReader reader, ByteBuffer in, int room) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer content = ByteBuffer.allocate(room);
    while (in.hasRemaining() && !reader.ended()) {
      reader.read(in, content);
      out.write(content.array(), 0, content.position());
      content.clear();
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void endsAtADotAloneAndLeavesWhatFollows() {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    ByteBuffer in = octets("Subject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n");
    assertEquals("Subject: x\r\n\r\nhello\r\n", read(reader, in, 100));
    assertTrue(reader.ended());
    assertEquals(6, in.remaining());
  }

  @Test
  void endsAtOnceWhenThereIsNoContent() {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    assertEquals("", read(reader, octets(".\r\n"), 100));
    assertTrue(reader.ended());
  }

  @Test
  void takesOneDotOffTheStartOfALine() {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    assertEquals(".\r\n..x\r\ny.\r\n", read(reader, octets("..\r\n...x\r\ny.\r\n.\r\n"), 100));
    assertTrue(reader.ended());
  }

  /** The published smuggling sequences: none of them may end the message. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r.\r\n",
        "\r\n.\n",
        "\r\n.\r",
        "\r.\r",
        "\n.\r",
        "\r.\n",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\r\n",
        "\r\r\n.\n"
      })
  void nothingElseEndsTheMessage(String sequence) {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    read(reader, octets("a" + sequence + "MAIL FROM:<x@y>\r\n"), 100);
    assertFalse(reader.ended());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n", "\r\r\n", ".\rx\r\n"})
  void noticesLineEndsThatStandAlone(String content) {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    read(reader, octets(content + "\r\n.\r\n"), 100);
    assertTrue(reader.ended());
    assertTrue(reader.sawBareLineEnd());
  }

  /** What is read at once from an array or from memory outside the heap, and octet by octet. */
  @Property
  void readsTheSameFromAnyBuffer(@ForAll("content") String content, @ForAll BareLineEnds policy) {
    String wire = (content + "\tfoo \u000b\r\n" + content).repeat(3) + "\r\n.\r\n";
    DataReader slow = DataReader.untilDot(policy);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < wire.length(); i++) {
      expected.append(read(slow, octets(wire.substring(i, i + 1)), DataReader.ROOM));
    }
    ByteBuffer direct = ByteBuffer.allocateDirect(wire.length());
    direct.put(octets(wire)).flip();
    for (ByteBuffer in : List.of(octets(wire), direct)) {
      DataReader reader = DataReader.untilDot(policy);
      assertEquals(expected.toString(), read(reader, in, 5_000));
      assertEquals(slow.longestLine(), reader.longestLine());
      assertEquals(slow.sawBareLineEnd(), reader.sawBareLineEnd());
      assertEquals(slow.ended(), reader.ended());
    }
  }

  @Property
  void givesBackWhatWasStuffedAtAnySplit(@ForAll("content") String content, @ForAll long seed) {
    String message = content + "\r\n";
    String wire = (message.startsWith(".") ? "." : "") + message.replace("\r\n.", "\r\n..");
    ByteBuffer all = octets(wire + ".\r\nREST");
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    Random random = new Random(seed);
    StringBuilder got = new StringBuilder();
    while (!reader.ended()) {
      int end = Math.min(all.limit(), all.position() + 1 + random.nextInt(9));
      ByteBuffer slice = all.duplicate().limit(end);
      got.append(read(reader, slice, DataReader.ROOM + random.nextInt(6)));
      all.position(slice.position());
    }
    assertEquals(message, got.toString());
    assertEquals(4, all.remaining());
  }

  @Provide
  Arbitrary<String> content() {
    return Arbitraries.of("\r\n", ".", "..", "a", "\r", "\n", "\0", "\u00e4", "long text")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }
}
