package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of messages that do not follow the rules. */
// Line ends are what these tests are about, so each is written out.
@SuppressWarnings("StringConcatToTextBlock")
class BrokenStructureTest {

  private static List<Defect.Kind> defects(String text) {
    return Structure.index(text).defects().stream().map(Defect::kind).toList();
  }

  @Test
  void emptyMessage() {
    Part root = Structure.index("").root();
    assertEquals("text/plain 0 0", Structure.of(root));
    assertEquals(List.of(), defects(""));
  }

  @Test
  void headerOnly() {
    String text = "Subject: a\nTo: b@example.org";
    Part root = Structure.index(text).root();
    assertEquals(text.replace("\n", "\r\n"), Structure.header(text, root));
    assertEquals(2, root.fields().size());
    assertEquals(
        List.of(Defect.Kind.MISSING_BLANK_LINE, Defect.Kind.UNFINISHED_LINE), defects(text));
  }

  @Test
  void bodyOnly() {
    assertEquals("text/plain 6 1", Structure.of("\nbody\n"));
  }

  @Test
  void noFieldAtAll() {
    assertEquals("text/plain 6 1", Structure.of("hello\nworld\n\nbody\n"));
    assertEquals(List.of(Defect.Kind.NOT_A_FIELD), defects("hello\nworld\n\nbody\n"));
  }

  @Test
  void mailboxSeparatorBeforeTheHeader() {
    MessageIndex index =
        Structure.index("From a@example.org Fri Feb 22 17:06:23 2008\nSubject: x\n\n");
    assertEquals(1, index.root().fields().size());
  }

  @Test
  void linesWithBareLf() {
    String text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n";
    MessageIndex index = MessageIndex.of(text.getBytes(StandardCharsets.US_ASCII));
    assertEquals("multipart/mixed 15 4 [text/plain 3 0]", Structure.of(index.root()));
    assertEquals(
        List.of(new Defect(Defect.Kind.BARE_LF, 41), new Defect(Defect.Kind.UNFINISHED_LINE, 58)),
        index.defects());
  }

  @Test
  void bareCrEndsNoLine() {
    assertEquals("text/plain 8 1", Structure.of("A: b\rC: d\n\nab\rcde\n"));
  }

  @Test
  void multipartWithoutAnyBoundaryLine() {
    String text = "Content-Type: multipart/mixed; boundary=b\n\nsome text\n";
    assertEquals("multipart/mixed 11 1 [text/plain 0 0]", Structure.of(text));
    assertEquals(List.of(Defect.Kind.UNCLOSED_MULTIPART, Defect.Kind.NO_PARTS), defects(text));
  }

  @Test
  void multipartThatClosesAtOnce() {
    assertEquals(
        "multipart/mixed 7 1 [text/plain 0 0]",
        Structure.of("Content-Type: multipart/mixed; boundary=b\n\n--b--\n"));
  }

  @Test
  void multipartWithoutBoundaryParameter() {
    String text = "Content-Type: multipart/mixed\n\nsome text\n";
    assertEquals("multipart/mixed 11 1 [text/plain 0 0]", Structure.of(text));
    assertEquals(List.of(Defect.Kind.MISSING_BOUNDARY, Defect.Kind.NO_PARTS), defects(text));
  }

  @Test
  void missingEndBoundary() {
    String text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n";
    assertEquals("multipart/mixed 24 6 [text/plain 3 0, text/plain 5 1]", Structure.of(text));
    assertEquals(List.of(Defect.Kind.UNCLOSED_MULTIPART), defects(text));
  }

  @Test
  void outerBoundaryEndsInnerMultipart() {
    String text =
        """
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/mixed; boundary=outerinner

        --outerinner

        one
        --outer

        two
        --outer--
        """;
    assertEquals(
        "multipart/mixed 111 10 [multipart/mixed 19 2 [text/plain 3 0], text/plain 3 0]",
        Structure.of(text));
  }

  @Test
  void boundaryThatBeginsWithAnother() {
    String text =
        """
        Content-Type: multipart/mixed; boundary=inner-outer

        --inner-outer
        Content-Type: multipart/mixed; boundary=inner

        --inner

        --innermost is text
        --inner-outer--
        """;
    assertEquals(
        "multipart/mixed 113 7 [multipart/mixed 30 2 [text/plain 19 0]]", Structure.of(text));
  }

  @Test
  void boundaryLineWithTrailingSpace() {
    assertEquals(
        "multipart/mixed 20 4 [text/plain 1 0]",
        Structure.of("Content-Type: multipart/mixed; boundary=\"b \"\n\n--b \t\n\nx\n--b-- \n"));
  }

  @Test
  void boundaryLineWithMoreBehindIt() {
    assertEquals(
        "multipart/mixed 46 5 [text/plain 7 0]",
        Structure.of(
            "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b is ignored\n\n"
                + "--bread\n"
                + "--b--</html>\n"
                + "--b\n"));
  }

  @Test
  void boundaryFoldedInQuotes() {
    assertEquals(
        "multipart/mixed 31 4 [text/plain 3 0]",
        Structure.of(
            "Content-Type: multipart/mixed; boundary=\"foo\n"
                + " bar\"\n\n"
                + "--foo bar\n\n"
                + "one\n"
                + "--foo bar--\n"));
  }

  @Test
  void boundaryWithinAHeader() {
    String text =
        "Content-Type: multipart/mixed; boundary=b\n\n"
            + "--b\n"
            + "Content-Type: text/html\n"
            + "--b\n\n"
            + "two\n"
            + "--b--\n";
    assertEquals("multipart/mixed 49 6 [text/html 0 0, text/plain 3 0]", Structure.of(text));
    assertEquals(List.of(Defect.Kind.MISSING_BLANK_LINE), defects(text));
    Part part = Structure.index(text).root().children().get(0);
    assertEquals("Content-Type: text/html\r\n", Structure.header(text, part));
  }

  @Test
  void boundaryRightAfterAHeader() {
    String text = "Content-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n\n--b--\n";
    assertEquals("multipart/mixed 20 4 [text/plain 0 0]", Structure.of(text));
  }

  @Test
  void blankLineMissingBeforeTheFirstPart() {
    String text = "Content-Type: multipart/mixed; boundary=b\n--b\n\none\n--b--\n";
    assertEquals("multipart/mixed 19 4 [text/plain 3 0]", Structure.of(text));
  }

  @Test
  void embeddedMessageThatIsCutOff() {
    String text =
        "Content-Type: multipart/mixed; boundary=b\n\n"
            + "--b\n"
            + "Content-Type: message/rfc822\n\n"
            + "Subject: x\n\n"
            + "--b--\n";
    assertEquals("multipart/mixed 58 6 [message/rfc822 14 2 {text/plain 0 0}]", Structure.of(text));
  }

  @Test
  void encodedMessageIsOpaque() {
    String text =
        "Content-Type: message/rfc822; name=x\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + "U3ViamVjdDogeA0KDQp4\n";
    Part root = Structure.index(text).root();
    assertEquals("application/octet-stream 22 1", Structure.of(root));
    assertEquals("name=x", Structure.parameters(root.parameters()));
    assertEquals(List.of(Defect.Kind.ENCODED_COMPOSITE), defects(text));
  }

  @Test
  void encodingOfAMultipartIsIgnored() {
    String text =
        "Content-Type: multipart/mixed; boundary=b\n"
            + "Content-Transfer-Encoding: quoted-printable\n\n"
            + "--b\n\n"
            + "x\n"
            + "--b--\n";
    assertEquals("multipart/mixed 17 4 [text/plain 1 0]", Structure.of(text));
    assertEquals(List.of(Defect.Kind.ENCODED_COMPOSITE), defects(text));
  }

  @Test
  void globalMessage() {
    assertEquals(
        "message/global 18 3 {text/plain 4 1}",
        Structure.of("Content-Type: message/global\n\nSubject: x\n\nab\n"));
  }

  @Test
  void contentTypesThatCannotBeRead() {
    assertEquals("text/plain 0 0", Structure.of("Content-Type:\n\n"));
    assertEquals("text/plain 0 0", Structure.of("Content-Type: application\n\n"));
    assertEquals("text/plain 0 0", Structure.of("Content-Type: /pdf\n\n"));
    assertEquals(List.of(Defect.Kind.BAD_CONTENT_TYPE), defects("Content-Type: ; charset=x\n\n"));
    Part text = Structure.index("Content-Type: Text; charset=utf-8\n\n").root();
    assertEquals("Text/plain 0 0", Structure.of(text));
    assertEquals("charset=utf-8", Structure.parameters(text.parameters()));
  }

  @Test
  void firstContentTypeCounts() {
    String text = "Content-Type: text/html\nContent-Type: image/png\n\n";
    assertEquals("text/html 0 0", Structure.of(text));
    assertEquals(List.of(Defect.Kind.DUPLICATE_FIELD), defects(text));
  }

  @Test
  void eightBitHeader() {
    String text = "Subject: caf\u00e9\n\n";
    assertEquals(List.of(Defect.Kind.EIGHT_BIT_HEADER), defects(text));
    assertEquals(12, Structure.index(text).defects().get(0).position());
  }

  @Test
  void linesWithoutFinalNewlineDoNotCount() {
    assertEquals("text/plain 4 1", Structure.of("\na\nb"));
    assertEquals("text/plain 6 2", Structure.of("\na\nb\n"));
  }

  @Test
  void beyondTheDepthLimitEverythingIsOpaque() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("\n\n--b")
          .append(i)
          .append('\n');
    }
    String shown = Structure.of(index(text.toString(), MimeLimits.DEFAULTS.withDepth(3)).root());
    assertEquals(
        "multipart/mixed 214 13 [multipart/mixed 162 10 [application/octet-stream 110 7]]", shown);
  }

  @Test
  void beyondThePartLimitBoundariesAreContent() {
    String text =
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(5) + "--b--\n";
    MessageIndex index = index(text, MimeLimits.DEFAULTS.withParts(3));
    assertEquals(
        "multipart/mixed 57 16 [text/plain 1 0, text/plain 31 9]", Structure.of(index.root()));
    assertEquals(
        List.of(Defect.Kind.LIMIT_REACHED), index.defects().stream().map(Defect::kind).toList());
  }

  @Test
  void headersBeyondTheLimitAreSkipped() {
    String text = "A: b\n" + "X: yyyyyyyyyy\n".repeat(10) + "Subject: lost\n\nbody";
    MessageIndex index = index(text, MimeLimits.DEFAULTS.withHeaderOctets(30));
    assertEquals("text/plain 4 0", Structure.of(index.root()));
    assertEquals(2, index.root().fields().size());
    assertEquals(Defect.Kind.LIMIT_REACHED, index.defects().get(0).kind());
  }

  @Test
  void fieldsBeyondTheLimitAreSkipped() {
    MessageIndex index = index("A: b\n".repeat(10) + "\nbody", MimeLimits.DEFAULTS.withFields(4));
    assertEquals(4, index.root().fields().size());
    assertEquals("text/plain 4 0", Structure.of(index.root()));
  }

  @Test
  void parametersAddressesAndDefectsAreLimited() {
    String text = "Content-Type: a/b" + "; a=b".repeat(9) + "\nTo: " + "a@b,".repeat(9) + "\nx\n\n";
    MimeLimits limits = MimeLimits.DEFAULTS.withParameters(2).withAddresses(3).withDefects(1);
    MessageIndex index = index(text, limits);
    assertEquals(2, index.root().parameters().size());
    Envelope envelope = index.root().envelope();
    assertTrue(envelope != null && envelope.to().size() == 3);
    assertEquals(1, index.defects().size());
  }

  private static MessageIndex index(String text, MimeLimits limits) {
    MessageIndexer indexer = new MessageIndexer(limits);
    indexer.write(ByteBuffer.wrap(Structure.message(text)));
    return indexer.finish();
  }
}
