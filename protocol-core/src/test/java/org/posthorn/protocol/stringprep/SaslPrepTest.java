package org.posthorn.protocol.stringprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.ongres.stringprep.Profile;
import com.ongres.stringprep.Stringprep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaslPrepTest {
  private static final Profile OTHER = Stringprep.getProvider("SASLprep");

  @Test
  void theTablesAreThoseOfTheText() throws IOException {
    String generated = Rfc3454Generator.generate(RfcTexts.of(3454));
    byte[] kept = Rfc3454Tables.class.getResourceAsStream(Rfc3454Tables.RESOURCE).readAllBytes();
    assertEquals(generated, new String(kept, StandardCharsets.US_ASCII));
  }

  /** RFC 4013 section 3. */
  @Test
  void theExamplesOfTheRfc() {
    assertEquals("IX", SaslPrep.stored("I\u00ADX"));
    assertEquals("user", SaslPrep.stored("user"));
    assertEquals("USER", SaslPrep.stored("USER"));
    assertEquals("a", SaslPrep.stored("\u00AA"));
    assertEquals("IX", SaslPrep.stored("\u2168"));
    assertNull(SaslPrep.stored("\u0007"));
    assertNull(SaslPrep.stored("\u06271"));
  }

  @Test
  void asciiIsNotCopied() {
    String text = "pencil ~!";
    assertSame(text, SaslPrep.query(text));
    assertNull(SaslPrep.query("a\u007F"));
  }

  /** RFC 3454 section 7: what a client says may be newer than what is kept. */
  @Test
  void unassignedCharacters() {
    assertNull(SaslPrep.stored("\uD83D\uDE00"));
    assertEquals("\uD83D\uDE00", SaslPrep.query("\uD83D\uDE00"));
  }

  @Test
  void directionsAreNotMixed() {
    assertEquals("\u0627\u0628", SaslPrep.stored("\u0627\u0628"));
    assertEquals("\u06271\u0628", SaslPrep.stored("\u06271\u0628"));
    assertNull(SaslPrep.stored("\u0627a\u0628"));
    assertNull(SaslPrep.stored("1\u0628"));
  }

  private static @Nullable String other(String text) {
    try {
      return OTHER.prepareStored(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Every code point there is, among letters of both directions, against another implementation.
   * Unassigned characters and those for private use are refused here; the other implementation
   * takes some, since it normalises by a later Unicode version. U+200B stands in B.1 and in C.1.2,
   * and the RFC does not say which comes first.
   */
  @Test
  void allCodePointsAreAsElsewhere() {
    List<String> different = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String one = Character.toString(c);
      if (Rfc3454Tables.table("A.1").get(c) || Rfc3454Tables.table("C.3").get(c)) {
        assertNull(SaslPrep.stored("a" + one + "b"), one);
        continue;
      }
      for (String text : new String[] {one + "a", "a" + one + "b", "\u0627" + one + "\u0627"}) {
        if (c != 0x200B && !Objects.equals(SaslPrep.stored(text), other(text))) {
          different.add(String.format("U+%04X", c));
        }
      }
    }
    assertEquals(List.of(), different);
  }

  @Property
  void preparingTwiceChangesNothing(@ForAll String text) {
    String once = SaslPrep.query(text);
    if (once != null) {
      assertEquals(once, SaslPrep.query(once));
    }
  }
}
