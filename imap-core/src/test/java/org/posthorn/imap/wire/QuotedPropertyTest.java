package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Quoted strings are read eight octets at a time; here beside a regular expression. */
class QuotedPropertyTest {
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[^\\x00\\r\\n\"\\\\]|\\\\[\"\\\\])*)\"");

  @Property
  void stringsAreReadAsTheyStand(@ForAll("texts") String text) throws SyntaxException {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    CommandReader in = new CommandReader(octets, 0, octets.length);
    Matcher plain = QUOTED.matcher(text);
    if (!plain.lookingAt()) {
      assertThrows(SyntaxException.class, in::expectString);
      return;
    }
    String expected = plain.group(1).replaceAll("\\\\(.)", "$1");
    assertEquals(expected, in.expectString().toString());
    assertEquals(plain.end(), in.position());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> usual = Arbitraries.chars().range(' ', '~');
    Arbitrary<Character> unusual =
        Arbitraries.of('"', '\\', '\t', '\u0001', '\0', '\r', '\n', '\u007f', '\u0080', '\u00ff');
    return Arbitraries.frequencyOf(Tuple.of(30, usual), Tuple.of(1, unusual))
        .list()
        .ofMaxSize(40)
        .map(QuotedPropertyTest::quoted);
  }

  private static String quoted(Iterable<Character> characters) {
    StringBuilder text = new StringBuilder("\"");
    characters.forEach(text::append);
    return text.append("\" and more").toString();
  }
}
