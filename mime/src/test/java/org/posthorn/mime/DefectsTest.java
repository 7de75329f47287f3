package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of defect is told, with its place, and told the same however the octets are cut. */
// Line ends are what these tests are about, so each is written out.
@SuppressWarnings("StringConcatToTextBlock")
class DefectsTest {

  private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

  /** A message that has the defect and no other. */
  private static String example(Defect.Kind kind) {
    return switch (kind) {
      case MISSING_BLANK_LINE -> "Subject: a\r\n";
      case NOT_A_FIELD -> "junk\r\nSubject: a\r\n\r\n";
      case EIGHT_BIT_HEADER -> "Subject: \u00e4\r\n\r\n";
      case DUPLICATE_FIELD -> "Subject: a\r\nSubject: b\r\n\r\n";
      case BAD_CONTENT_TYPE -> "Content-Type: /\r\n\r\n";
      case MISSING_BOUNDARY, NO_PARTS -> "Content-Type: multipart/mixed\r\n\r\n";
      case UNCLOSED_MULTIPART -> MIXED + "--b\r\n\r\nx\r\n";
      case ENCODED_COMPOSITE ->
          "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n";
      case BARE_LF -> "Subject: a\r\n\r\nx\ny\r\n";
      case LIMIT_REACHED -> "X: " + "y".repeat(MimeLimits.DEFAULTS.headerOctets()) + "\r\n\r\n";
      case UNFINISHED_LINE -> "Subject: a\r\n\r\nx";
      case BARE_CR -> "Subject: a\r\n\r\nx\ry\r\n";
      case BOUNDARY_WITH_TEXT -> MIXED + "--b\r\n\r\nx\r\n--b--</html>\r\n";
      case MISPLACED_ENCODED_WORD ->
          "Content-Type: image/png; name=\"=?utf-8?Q?=C3=A4?=\"\r\n\r\nx\r\n";
      case DISORDERED_PARAMETER -> "Content-Type: image/png; name*1=b; name*0=a\r\n\r\nx\r\n";
    };
  }

  private static List<Defect> defects(String text) {
    return MessageIndex.of(text.getBytes(StandardCharsets.ISO_8859_1)).defects();
  }

  private static List<Defect> inPieces(String text, int piece) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    MessageIndexer indexer = new MessageIndexer();
    for (int at = 0; at < octets.length; at += piece) {
      indexer.write(ByteBuffer.wrap(octets, at, Math.min(piece, octets.length - at)));
    }
    return indexer.finish().defects();
  }

  @ParameterizedTest
  @EnumSource(Defect.Kind.class)
  void isTold(Defect.Kind kind) {
    String text = example(kind);
    Set<Defect.Kind> told = EnumSet.noneOf(Defect.Kind.class);
    defects(text).forEach(defect -> told.add(defect.kind()));
    Set<Defect.Kind> expected = EnumSet.of(kind);
    if (kind == Defect.Kind.MISSING_BOUNDARY) {
      expected.add(Defect.Kind.NO_PARTS);
    } else if (kind == Defect.Kind.NO_PARTS) {
      expected.add(Defect.Kind.MISSING_BOUNDARY);
    }
    assertEquals(expected, told);
    assertEquals(defects(text), inPieces(text, 1));
    assertEquals(defects(text), inPieces(text, 3));
  }

  @Test
  void bareCrIsTheFirstOne() {
    assertEquals(
        List.of(new Defect(Defect.Kind.BARE_CR, 4)), defects("A: b\rC: d\r\n\r\nx\ry\r\n"));
    assertEquals(List.of(new Defect(Defect.Kind.BARE_CR, 2)), defects("\r\n\r\r\n"));
    assertEquals(
        List.of(new Defect(Defect.Kind.BARE_CR, 2), new Defect(Defect.Kind.UNFINISHED_LINE, 3)),
        defects("\r\n\r"));
    assertEquals(
        List.of(new Defect(Defect.Kind.BARE_CR, MIXED.length() + 3)),
        defects(MIXED + "--a\rb\r\n--b\r\n\r\nx\r\n--b--\r\n"));
  }

  @Test
  void bareCrAndBareLfAreBothTold() {
    for (String text :
        List.of("A: a\nB: b\rb\r\n\r\n", "A: a\rB: b\nC: c\r\n\r\n", "\r\na\nb\rc\r\n")) {
      List<Defect> defects = defects(text);
      assertEquals(2, defects.size(), text);
      assertEquals(
          Set.of(
              (long) text.replace("\r\n", "__").indexOf('\r'),
              (long) text.replace("\r\n", "__").indexOf('\n')),
          Set.of(defects.get(0).position(), defects.get(1).position()),
          text);
      assertEquals(defects, inPieces(text, 1), text);
    }
  }

  @Test
  void otherControlsAreNoDefect() {
    assertEquals(List.of(), defects("A: \ta\u000b\r\n\r\n\b\t\u000b\f\u000e\u000f\tx\r\n"));
  }

  @Test
  void positionsOfBoundariesWithText() {
    assertEquals(
        List.of(new Defect(Defect.Kind.BOUNDARY_WITH_TEXT, MIXED.length())),
        defects(MIXED + "--b text\r\n\r\nx\r\n--b-- \t\r\n"));
  }

  @Test
  void encodedWordsInQuotesOfAnAddress() {
    String word = "=?utf-8?Q?=C3=A4?=";
    assertEquals(
        List.of(new Defect(Defect.Kind.MISPLACED_ENCODED_WORD, 0)),
        defects("From: \"" + word + "\" <a@b>\r\n\r\n"));
    assertEquals(
        List.of(),
        defects("From: " + word + " <a@b>\r\nTo: \"x\" <a=?@b>\r\nSubject: " + word + "\r\n\r\n"));
    assertEquals(
        List.of(new Defect(Defect.Kind.MISPLACED_ENCODED_WORD, 0)),
        defects("Content-Disposition: attachment; filename=" + word + "\r\n\r\n"));
  }

  @Test
  void piecesThatCountUpAreInOrder() {
    assertEquals(List.of(), defects("Content-Type: image/png; name*0=a; name*1*=b; x=y\r\n\r\n"));
    assertEquals(
        List.of(new Defect(Defect.Kind.DISORDERED_PARAMETER, 0)),
        defects("Content-Disposition: inline; filename*0=a; filename*2=b\r\n\r\n"));
  }
}
