package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageIndexTest {

  private static final String NESTED =
      """
      Subject: all of it
      Content-Type: multipart/mixed; boundary=outer

      preamble
      --outer

      one
      --outer
      Content-Type: multipart/alternative; boundary="outer inner"

      --outer inner
      Content-Type: text/html

      two
      --outer inner--
      epilogue
      --outer
      Content-Type: message/rfc822

      Subject: embedded
      Content-Type: multipart/digest; boundary=d

      --d

      Subject: deep

      deep text
      --d--
      --outer--
      """;

  @Test
  void treeOfParts() {
    assertEquals(
        "multipart/mixed 331 26 [text/plain 3 0, multipart/alternative 72 5 [text/html 3 0],"
            + " message/rfc822 105 8 {multipart/digest 40 5 [message/rfc822 26 2"
            + " {text/plain 9 0}]}]",
        Structure.of(NESTED));
  }

  @Test
  void partNumbers() {
    MessageIndex index = Structure.index(NESTED);
    assertEquals("one", Structure.body(NESTED, part(index, 1)));
    assertEquals("two", Structure.body(NESTED, part(index, 2, 1)));
    assertEquals("message", part(index, 3).type().toString());
    assertEquals("Subject: deep\r\n\r\ndeep text", Structure.body(NESTED, part(index, 3, 1)));
    assertEquals("deep text", Structure.body(NESTED, part(index, 3, 1, 1)));
    for (int[] none :
        new int[][] {{0}, {4}, {-1}, {1, 1}, {2, 2}, {3, 2}, {3, 1, 2}, {3, 1, 1, 1}}) {
      assertNull(index.part(none), Arrays.toString(none));
    }
  }

  private static Part part(MessageIndex index, int... numbers) {
    Part part = index.part(numbers);
    assertNotNull(part);
    return part;
  }

  @Test
  void theOnlyPartOfAMessageIsPartOne() {
    MessageIndex index = Structure.index("Subject: x\n\nbody\n");
    assertEquals("text/plain 6 1", Structure.of(part(index, 1)));
    assertNull(index.part(1, 1));
    assertNull(index.part(2));
  }

  @Test
  void aMessageWhoseBodyIsAMessage() {
    String text = "Content-Type: message/rfc822\n\nSubject: y\n\nbody\n";
    MessageIndex index = Structure.index(text);
    assertEquals("Subject: y\r\n\r\nbody\r\n", Structure.body(text, part(index, 1)));
    assertEquals("body\r\n", Structure.body(text, part(index, 1, 1)));
    assertNull(index.part(1, 2));
  }

  @Test
  void fieldsTileTheHeader() {
    String text = "Received: a\n b\nX-Odd : spaced\nnonsense\nSubject:none\n\nbody";
    List<Field> fields = Structure.index(text).root().fields();
    assertEquals(
        List.of("Received", "X-Odd", "Subject"),
        fields.stream().map(f -> f.name().toString()).toList());
    assertEquals(
        "Received: a\r\n b\r\n", Structure.slice(text, fields.get(0).start(), fields.get(0).end()));
    assertEquals(
        " spaced\r\n", Structure.slice(text, fields.get(1).valueStart(), fields.get(1).end()));
    assertEquals(
        "none\r\n", Structure.slice(text, fields.get(2).valueStart(), fields.get(2).end()));
  }

  @Test
  void everythingThatAPartMaySay() {
    Part part =
        Structure.index(
                """
                Content-Type: Image/PNG; name="a \\"b\\".png"; x=y (comment)
                Content-Transfer-Encoding: BASE64 (of course)
                Content-ID: <id@example.org>
                Content-Description: a
                 picture
                Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
                Content-Location: http://example.org/a
                Content-Language: de, en-GB (mostly)
                Content-Disposition: Attachment; filename=a.png; size=12

                """)
            .root();
    assertEquals("Image/PNG 0 0", Structure.of(part));
    assertEquals("name=a \"b\".png; x=y", Structure.parameters(part.parameters()));
    assertEquals("BASE64", part.encoding().toString());
    assertEquals("<id@example.org>", String.valueOf(part.id()));
    assertEquals("a picture", String.valueOf(part.description()));
    assertEquals("Q2hlY2sgSW50ZWdyaXR5IQ==", String.valueOf(part.md5()));
    assertEquals("http://example.org/a", String.valueOf(part.location()));
    assertEquals("[de, en-GB]", part.languages().toString());
    Disposition disposition = part.disposition();
    assertNotNull(disposition);
    assertEquals("Attachment", disposition.type().toString());
    assertEquals("filename=a.png; size=12", Structure.parameters(disposition.parameters()));
  }

  @Test
  void defaults() {
    Part part = Structure.index("\n").root();
    assertEquals("text/plain 0 0", Structure.of(part));
    assertEquals("charset=us-ascii", Structure.parameters(part.parameters()));
    assertEquals("7BIT", part.encoding().toString());
    assertNull(part.id());
    assertNull(part.disposition());
    assertEquals(List.of(), part.languages());
    assertEquals(List.of(), part.fields());
  }

  @Test
  void references() {
    Part root = Structure.index("References: <a@x>\n <b@x>\nReferences: <c@x>\n\n").root();
    assertEquals(Octets.ascii("<a@x> <b@x>"), root.references());
    Part mixed =
        Structure.index(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nReferences: <a@x>\n\n--b--\n")
            .root();
    assertNull(mixed.references());
    assertNull(mixed.children().get(0).references());
  }

  @Test
  void envelope() {
    Envelope envelope =
        Structure.index(
                """
                Message-ID: <msg@id>
                In-Reply-To: <reply@to.id>
                Date: Sat, 01 Feb 2007 01:02:03 +0200
                Subject: subject
                 header
                From: From Real <fromuser@fromdomain.org>
                To: To Real <touser@todomain.org>
                To: again@todomain.org
                Cc: group: g1@d1.org, g2@d2.org;, group2: g3@d3.org;
                Sender:

                """)
            .root()
            .envelope();
    assertNotNull(envelope);
    assertEquals("Sat, 01 Feb 2007 01:02:03 +0200", String.valueOf(envelope.date()));
    assertEquals("subject header", String.valueOf(envelope.subject()));
    assertEquals("<reply@to.id>", String.valueOf(envelope.inReplyTo()));
    assertEquals("<msg@id>", String.valueOf(envelope.messageId()));
    String from = "(\"From Real\" NIL \"fromuser\" \"fromdomain.org\")";
    assertEquals(from, Structure.addresses(envelope.from()));
    assertEquals(from, Structure.addresses(envelope.sender()));
    assertEquals(from, Structure.addresses(envelope.replyTo()));
    assertEquals(
        "(\"To Real\" NIL \"touser\" \"todomain.org\")(NIL NIL \"again\" \"todomain.org\")",
        Structure.addresses(envelope.to()));
    assertEquals(
        "(NIL NIL \"group\" NIL)(NIL NIL \"g1\" \"d1.org\")(NIL NIL \"g2\" \"d2.org\")(NIL NIL NIL"
            + " NIL)(NIL NIL \"group2\" NIL)(NIL NIL \"g3\" \"d3.org\")(NIL NIL NIL NIL)",
        Structure.addresses(envelope.cc()));
    assertEquals(List.of(), envelope.bcc());
  }

  @Test
  void envelopeTellsEmptyFromMissing() {
    Envelope envelope = Structure.index("Subject:\nDate: \n\n").root().envelope();
    assertNotNull(envelope);
    assertEquals(Octets.EMPTY, envelope.subject());
    assertEquals(Octets.EMPTY, envelope.date());
    assertNull(envelope.messageId());
    assertEquals(List.of(), envelope.from());
    assertEquals(List.of(), envelope.sender());
  }

  @Test
  void onlyMessagesHaveEnvelopes() {
    Part root = Structure.index(NESTED).root();
    assertNotNull(root.envelope());
    assertNull(root.children().get(0).envelope());
    assertNull(root.children().get(2).envelope());
    Envelope embedded = root.children().get(2).children().get(0).envelope();
    assertNotNull(embedded);
    assertEquals("embedded", String.valueOf(embedded.subject()));
  }

  @Test
  void storedFormIsSmall() {
    String text =
        "Received: from a by b; Fri, 21 Nov 1997 09:55:06 -0600\n".repeat(3)
            + "From: A <a@example.org>\nTo: b@example.org\nSubject: test\nMIME-Version: 1.0\n"
            + "Content-Type: text/plain; charset=utf-8\n\nbody\n";
    assertTrue(Structure.index(text).encode().length < 110);
  }
}
