package org.posthorn.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidSetTest {
  @Test
  void whatIsNoRangeIsRefused() {
    UidSet set = UidSet.parse("1:9");
    for (long[] bounds : new long[][] {{0, 3}, {5, 4}, {1, 2, 9, 8}, {1, UidSet.MAX_UID + 1}}) {
      assertThrows(IllegalArgumentException.class, () -> set.within(bounds));
    }
    assertEquals(UidSet.EMPTY, set.within());
    assertEquals(UidSet.parse("2:4,9"), set.within(2, 2, 3, 4, 9, 30));
  }

  @Test
  void printsAnImapSet() {
    assertEquals("1:3,5,7:8", UidSet.of(8, 1, 5, 3, 2, 7).toString());
    assertEquals("", UidSet.EMPTY.toString());
    assertEquals("4294967295", UidSet.of(UidSet.MAX_UID).toString());
  }

  @Test
  void parsesRangesInAnyOrder() {
    assertEquals(UidSet.of(1, 2, 3, 5, 9), UidSet.parse("9,3:1,5,2"));
    assertEquals(UidSet.range(1, UidSet.MAX_UID), UidSet.parse("4294967295:1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "01",
        "*",
        "1:*",
        "1:",
        ":1",
        ",",
        "1,",
        ",1",
        "1,,2",
        "1:2:3",
        "4294967296",
        "99999999999",
        "-1",
        "1 ",
        " 1",
        "1;2",
        "\u0661"
      })
  void refusesEverythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> UidSet.parse(text));
  }

  @Test
  void refusesWhatIsNoUid() {
    assertThrows(IllegalArgumentException.class, () -> UidSet.of(0));
    assertThrows(IllegalArgumentException.class, () -> UidSet.of(UidSet.MAX_UID + 1));
    assertThrows(IllegalArgumentException.class, () -> UidSet.range(2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> UidSet.of(1).nth(1));
    assertThrows(IndexOutOfBoundsException.class, () -> UidSet.of(1).nth(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> UidSet.of(1).slice(0, 2));
  }

  @Test
  void takesPartOfASortedArray() {
    assertEquals(UidSet.of(2, 3), UidSet.ofSorted(new long[] {1, 2, 3, 4}, 1, 3));
  }

  @Test
  void givesRangesInOrder() {
    List<UidSet.Range> ranges = new ArrayList<>();
    UidSet.of(1, 2, 9).forEach(ranges::add);
    assertEquals(List.of(new UidSet.Range(1, 2), new UidSet.Range(9, 9)), ranges);
  }

  @Test
  void isItselfWhereNothingIsCut() {
    UidSet set = UidSet.range(5, 10);
    assertSame(set, set.clamp(0, Long.MAX_VALUE));
    assertSame(set, set.minus(UidSet.of(4)));
    assertSame(set, set.union(UidSet.EMPTY));
  }
}
