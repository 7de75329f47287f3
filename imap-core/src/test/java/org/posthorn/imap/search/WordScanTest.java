package org.posthorn.imap.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Words that are like others (RFC 6203). */
class WordScanTest {
  private static double similarity(String wanted, String... text) {
    WordScan scan = new WordScan(new Needle(wanted));
    for (String piece : text) {
      scan.add(piece);
    }
    return scan.similarity();
  }

  @Test
  void oneFaultInAWordTwoInALongOne() {
    assertEquals(1, similarity("hello", "well, HELLO."));
    assertEquals(0.8, similarity("hello", "helo"));
    assertEquals(0.8, similarity("hello", "hlelo"));
    assertEquals(0.8, similarity("hello", "hallo"));
    assertEquals(0, similarity("hello", "halo"));
    assertEquals(0.8, similarity("conference", "konferance"));
    assertEquals(0, similarity("ab", "ac"));
  }

  @Test
  void beginningsAndPartsOfWords() {
    assertEquals(0.95, similarity("confer", "conference"));
    assertEquals(0.9, similarity("ferenc", "conference"));
  }

  @Test
  void allWordsAreWanted() {
    assertEquals(1, similarity("good morning", "morning is good"));
    assertEquals(0, similarity("good morning", "good evening"));
    assertEquals(0, similarity("good", ""));
  }

  @Test
  void accentsDoNotCount() {
    assertEquals(1, similarity("cafe", "caf\u00e9"));
    assertEquals(1, similarity("Caf\u00c9", "cafe"));
  }

  @Test
  void withoutWordsThereIsNothingToCompare() {
    assertEquals(true, new WordScan(new Needle("?!")).isEmpty());
  }

  @Property
  void itDoesNotMatterHowTheTextComes(
      @ForAll @StringLength(max = 80) String text,
      @ForAll @StringLength(max = 12) String wanted,
      @ForAll @IntRange(max = 80) int cut) {
    int at = Math.min(cut, text.length());
    assertEquals(
        similarity(wanted, text), similarity(wanted, text.substring(0, at), text.substring(at)));
  }

  @Property
  void aWordOfAnyLengthIsBounded(@ForAll @IntRange(min = 1, max = 5_000) int length) {
    assertEquals(0.95, similarity("x".repeat(60), "x".repeat(60 + length)));
  }
}
