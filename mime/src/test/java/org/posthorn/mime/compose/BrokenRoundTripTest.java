package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/** Broken messages that were read are written so that they are read as the same parts again. */
// Line ends are what these tests are about, so each is written out.
@SuppressWarnings("StringConcatToTextBlock")
class BrokenRoundTripTest {

  private static Message message(String text) {
    return Message.of(Octets.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Message writtenAgain(Message message) throws IOException {
    return Written.message(MimePart.of(message, IdSource.counting(1)), OutputForm.SEVEN_BIT);
  }

  @Test
  void digestWithoutPartsKeepsItsEmptyText() throws IOException {
    Message before = message("Content-Type: multipart/digest; boundary=b\r\n\r\nbare\rCR\r\n");
    Message after = writtenAgain(before);
    assertEquals("digest", after.root().index().subtype().asAscii());
    MessagePart standIn = after.root().children().get(0);
    assertEquals(Part.Kind.SINGLE, standIn.index().kind());
    assertEquals("text/plain", standIn.mediaType());
    assertArrayEquals(new byte[0], standIn.content().readAllBytes());
  }

  @Test
  void messageOutOfADigestSaysThatItIsOne() throws IOException {
    String digest =
        "Content-Type: multipart/digest; boundary=b\r\n\r\n"
            + "--b\r\n\r\n"
            + "Subject: x\r\n\r\n"
            + "yy\r\n"
            + "--b--\r\n";
    MessagePart inner = message(digest).root().children().get(0);
    MimePart mixed =
        MimePart.multipart(
            "mixed", IdSource.counting(1), List.of(MimePart.of(inner, IdSource.counting(2))));
    Message after = Written.message(mixed, OutputForm.SEVEN_BIT);
    assertEquals(Part.Kind.MESSAGE, after.root().children().get(0).index().kind());
  }

  @Test
  void typeThatOnlyItsNulMadeUnreadableDoesNotBecomeReadable() throws IOException {
    String text = "Content-Type: multipar\0t/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n";
    Message before = message(text);
    Message after = writtenAgain(before);
    assertEquals(Part.Kind.SINGLE, after.root().index().kind());
    assertArrayEquals(
        before.root().content().readAllBytes(), after.root().content().readAllBytes());
  }

  @Test
  void encodingThatOnlyItsCrMadeUnreadableDoesNotBecomeReadable() throws IOException {
    Message before = message("Content-Transfer-Encoding: base\r64\r\n\r\nYWJj\r\n");
    Message after = writtenAgain(before);
    assertEquals(
        "YWJj\r\n", new String(after.root().content().readAllBytes(), StandardCharsets.US_ASCII));
  }

  @Test
  void fieldNamesAreAsLongAsALineHasRoom() throws IOException {
    String name = "X".repeat(900);
    Message after = writtenAgain(message(name + ": caf\u00e9\r\nSubject: x\r\n\r\ntext\r\n"));
    assertEquals("caf\u00e9", after.header().text(name));
    Message without = writtenAgain(message(name + "Y: v\r\nSubject: x\r\n\r\ntext\r\n"));
    assertEquals(1, without.header().fields().size());
    assertEquals("x", without.subject());
  }
}
