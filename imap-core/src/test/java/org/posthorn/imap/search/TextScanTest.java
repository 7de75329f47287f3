package org.posthorn.imap.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.imap.collation.Collation;

class TextScanTest {

  @ParameterizedTest
  @CsvSource({
    "abcXYZ 1, ABCXYZ 1",
    "\u01c4, Dz\u030c", // the example of RFC 5051 section 2
    "\u00e9, E\u0301",
    "\ufb01, fi",
    "\u03c3, \u03a3",
    "\u03c2, \u03a3",
    "\ud55c, \u1112\u1161\u11ab",
    "\ud801\udc28, \ud801\udc00",
    "\u00df, \u00df",
    "\u2460, 1",
  })
  void foldsAsRfc5051Says(String text, String folded) {
    assertEquals(folded, Collation.DEFAULT.fold(text));
  }

  @Property
  void everyCodePointIsTitlecasedAndDecomposed(@ForAll("codePoints") int codePoint) {
    String title = Character.toString(Character.toTitleCase(codePoint));
    assertEquals(
        Normalizer.normalize(title, Normalizer.Form.NFKD),
        Collation.DEFAULT.fold(Character.toString(codePoint)));
  }

  @Provide
  Arbitrary<Integer> codePoints() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }

  @Property
  void findsWhatIsASubstringAfterFolding(
      @ForAll("texts") String text, @ForAll("texts") String part) {
    assertEquals(
        Collation.DEFAULT.fold(text).contains(Collation.DEFAULT.fold(part)),
        TextScan.contains(new Needle(part), text));
  }

  @Property
  void piecesMakeNoDifference(
      @ForAll("texts") String text, @ForAll("texts") String a, @ForAll("texts") String b) {
    TextScan scan = new TextScan(List.of(new Needle(a), new Needle(b)));
    for (int i = 0; i < text.length(); i++) {
      scan.add(text.substring(i, i + 1));
    }
    String folded = Collation.DEFAULT.fold(text);
    assertEquals(folded.contains(Collation.DEFAULT.fold(a)), scan.found(0));
    assertEquals(folded.contains(Collation.DEFAULT.fold(b)), scan.found(1));
    assertEquals(scan.found(0) && scan.found(1), scan.done());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "A", "b", "\u00e9", "e\u0301", "\ud801\udc28", "\ufb01")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void aMatchDoesNotReachAcrossARestart() {
    TextScan scan = new TextScan(List.of(new Needle("ab")));
    scan.add("a");
    scan.restart();
    scan.add("b");
    assertFalse(scan.done());
    scan.add("ab");
    assertTrue(scan.done());
  }
}
