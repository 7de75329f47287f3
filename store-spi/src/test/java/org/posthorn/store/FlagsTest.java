package org.posthorn.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
  @Provide
  Arbitrary<Flags> flags() {
    return Combinators.combine(
            Arbitraries.of(SystemFlag.class).set(),
            Arbitraries.of("$Junk", "$junk", "$JUNK", "a", "A", "b", "Z", "zz", "Zz9")
                .list()
                .ofMaxSize(6))
        .as(Flags::of);
  }

  /** What a set of flags holds, case folded. */
  private static Set<String> folded(Flags flags) {
    Set<String> all = new TreeSet<>();
    for (SystemFlag flag : SystemFlag.values()) {
      if (flags.has(flag)) {
        all.add(flag.imapName());
      }
    }
    flags.keywords().forEach(keyword -> all.add(keyword.toLowerCase(Locale.ROOT)));
    return all;
  }

  @Property
  void plusAndMinusAreThoseOfSets(@ForAll("flags") Flags a, @ForAll("flags") Flags b) {
    Set<String> both = new TreeSet<>(folded(a));
    both.addAll(folded(b));
    assertEquals(both, folded(a.plus(b)));
    Set<String> rest = new TreeSet<>(folded(a));
    rest.removeAll(folded(b));
    assertEquals(rest, folded(a.minus(b)));
    assertEquals(folded(a).equals(folded(b)), a.equals(b));
    assertEquals(a.plus(b), b.plus(a));
    assertEquals(a.plus(b).hashCode(), b.plus(a).hashCode());
    assertSame(a, a.plus(a));
    assertEquals(a, Flags.ofBits(a.systemBits(), a.keywords()));
    assertEquals(a.isEmpty(), folded(a).isEmpty());
  }

  @Property
  void imapFormNamesThemAll(@ForAll("flags") Flags flags) {
    String imap = new String(flags.imap(), US_ASCII);
    Set<String> words =
        imap.isEmpty()
            ? Set.of()
            : new HashSet<>(List.of(imap.toLowerCase(Locale.ROOT).split(" ", -1)));
    Set<String> expected = new HashSet<>();
    folded(flags).forEach(flag -> expected.add(flag.toLowerCase(Locale.ROOT)));
    assertEquals(expected, words);
  }

  @Test
  void writesThemAsImapDoes() {
    Flags flags = Flags.of(EnumSet.of(SystemFlag.FLAGGED, SystemFlag.SEEN), List.of("$Junk", "Aa"));
    assertEquals("\\Seen \\Flagged $Junk Aa", new String(flags.imap(), US_ASCII));
    assertEquals("(\\Seen \\Flagged $Junk Aa)", flags.toString());
    assertEquals("()", Flags.NONE.toString());
  }

  @Test
  void keepsTheCaseThatCameFirst() {
    Flags flags = Flags.NONE.withKeyword("$Junk");
    assertEquals(List.of("$Junk"), flags.withKeyword("$JUNK").keywords());
    assertTrue(flags.hasKeyword("$junk"));
    assertFalse(flags.hasKeyword("$jun"));
    assertEquals(flags, Flags.NONE.withKeyword("$jUNK"));
    assertNotEquals(flags, Flags.of(SystemFlag.SEEN));
  }

  @Test
  void sharesThoseWithoutKeywords() {
    assertSame(Flags.of(SystemFlag.SEEN), Flags.NONE.plus(Flags.of(SystemFlag.SEEN)));
    assertSame(Flags.NONE, Flags.of(SystemFlag.SEEN).minus(Flags.of(SystemFlag.SEEN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "a(", ")", "{", "%", "*", "\"", "\\Seen", "]", "\u0000", "\u00e4", "\u007f",
        "a\r\nb"
      })
  void refusesKeywordsThatAreNoAtoms(String keyword) {
    assertFalse(Flags.isKeyword(keyword));
    assertThrows(IllegalArgumentException.class, () -> Flags.NONE.withKeyword(keyword));
  }

  @Test
  void limitsTheLengthOfKeywords() {
    assertTrue(Flags.isKeyword("k".repeat(Flags.MAX_KEYWORD_OCTETS)));
    assertFalse(Flags.isKeyword("k".repeat(Flags.MAX_KEYWORD_OCTETS + 1)));
  }

  @Test
  void refusesUnknownBits() {
    assertThrows(IllegalArgumentException.class, () -> Flags.ofBits(32, List.of()));
  }
}
