package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.mime.Corpus;
import org.posthorn.mime.Part;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/**
 * Every message of the real corpus is parsed, written and parsed again: the parts are the same, and
 * so is every octet of their contents.
 */
class RoundTripTest {

  @ParameterizedTest
  @EnumSource(OutputForm.class)
  void everyPartKeepsItsOctets(OutputForm form) throws IOException {
    assumeTrue(Corpus.isPresent(), "no corpus at " + Corpus.root());
    int count = 0;
    List<String> different = new ArrayList<>();
    IdSource ids = IdSource.counting(1);
    List<Corpus.Message> messages = Corpus.messages();
    // All of them in the form that changes most; the others are the long test's.
    int step = form == OutputForm.SEVEN_BIT || Boolean.getBoolean("posthorn.soak") ? 1 : 20;
    for (int i = 0; i < messages.size(); i += step) {
      Corpus.Message real = messages.get(i);
      Message before = Message.of(real.content());
      byte[] octets = Written.octets(MimePart.of(before, ids), form);
      try {
        assertSame(before.root(), Message.of(octets).root(), real.name());
      } catch (AssertionError e) {
        different.add(String.valueOf(e.getMessage()));
      }
      count++;
    }
    assertEquals("", String.join("\n", different));
    assertTrue(count * step > 1000, "only " + count + " messages");
  }

  private static void assertSame(MessagePart before, MessagePart after, String name)
      throws IOException {
    assertEquals(before.index().kind(), after.index().kind(), name);
    assertEquals(mediaType(before), mediaType(after), name);
    assertEquals(before.fileName(), after.fileName(), name);
    if (before.index().kind() == Part.Kind.SINGLE) {
      assertArrayEquals(before.content().readAllBytes(), after.content().readAllBytes(), name);
      assertEquals(before.parameter("charset"), after.parameter("charset"), name);
      return;
    }
    List<MessagePart> inside = inside(before);
    List<MessagePart> insideAfter = inside(after);
    assertEquals(inside.size(), insideAfter.size(), name);
    for (int i = 0; i < inside.size(); i++) {
      assertSame(inside.get(i), insideAfter.get(i), name + "/" + (i + 1));
    }
  }

  private static List<MessagePart> inside(MessagePart part) {
    Message message = part.message();
    return message == null ? part.children() : List.of(message.root());
  }

  /** Embedded messages may become message/global or stop being it. */
  private static String mediaType(MessagePart part) {
    return part.index().kind() == Part.Kind.MESSAGE
        ? "message"
        : part.mediaType().toLowerCase(Locale.ROOT);
  }
}
