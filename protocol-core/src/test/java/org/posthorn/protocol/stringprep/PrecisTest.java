package org.posthorn.protocol.stringprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisTest {
  /** RFC 8265 section 3.5, the case-mapped profile. */
  @ParameterizedTest
  @CsvSource({
    "juliet@example.com,juliet@example.com",
    "fussball,fussball",
    "fu\u00DFball,fu\u00DFball",
    "\u03C0,\u03C0",
    "\u03A3,\u03C3",
    "\u03C3,\u03C3",
    "\u03C2,\u03C2",
    "Alice,alice",
    "\uFF21\uFF22,ab",
    "ju\u0308rgen,j\u00FCrgen",
    "foo bar,foo bar"
  })
  void userNames(String name, String mapped) {
    assertEquals(mapped, Precis.usernameCaseMapped(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " foo",
        "foo ",
        "henry\u2163",
        "\u265A",
        "a\u0007",
        "a\u00A0b",
        "\u1100",
        "\u0627a",
        "a\u200Db",
        "\uFFE3",
        "\uD800",
        "\uE000"
      })
  void namesThatAreNotAllowed(String name) {
    assertNull(Precis.usernameCaseMapped(name));
  }

  @Test
  void plainNamesAreNotCopied() {
    String name = "alice@example.org";
    assertSame(name, Precis.usernameCaseMapped(name));
  }

  /** RFC 8265 section 4.3. */
  @Test
  void passwords() {
    assertEquals(
        "correct horse battery staple", Precis.opaqueString("correct horse battery staple"));
    assertEquals(
        "Correct Horse Battery Staple", Precis.opaqueString("Correct Horse Battery Staple"));
    assertEquals("\u03C0\u00DF\u00E5", Precis.opaqueString("\u03C0\u00DF\u00E5"));
    assertEquals("Jack of \u2666s", Precis.opaqueString("Jack of \u2666s"));
    assertEquals("foo bar", Precis.opaqueString("foo\u1680bar"));
    assertNull(Precis.opaqueString(""));
    assertNull(Precis.opaqueString("my cat is a \u0009by"));
  }

  /** RFC 5892 appendix A. */
  @Test
  void contextRules() {
    assertEquals("l\u00B7l", Precis.usernameCaseMapped("l\u00B7l"));
    assertNull(Precis.usernameCaseMapped("a\u00B7l"));
    assertEquals("\u0915\u094D\u200D\u0937", Precis.usernameCaseMapped("\u0915\u094D\u200D\u0937"));
    assertEquals("\u0915\u094D\u200C\u0937", Precis.usernameCaseMapped("\u0915\u094D\u200C\u0937"));
    assertEquals("\u0645\u06CC\u200C\u062E", Precis.usernameCaseMapped("\u0645\u06CC\u200C\u062E"));
    assertNull(Precis.usernameCaseMapped("\u0645\u0627\u200C\u062E"));
    assertNull(Precis.usernameCaseMapped("a\u200Cb"));
    assertEquals("\u0375\u03B1", Precis.usernameCaseMapped("\u0375\u03B1"));
    assertNull(Precis.usernameCaseMapped("\u0375a"));
    assertEquals("\u05D0\u05F3", Precis.usernameCaseMapped("\u05D0\u05F3"));
    assertNull(Precis.usernameCaseMapped("\u05F3\u05D0"));
    assertEquals("\u30A2\u30FB", Precis.usernameCaseMapped("\u30A2\u30FB"));
    assertNull(Precis.usernameCaseMapped("a\u30FBb"));
    assertEquals("\u0627\u0661", Precis.usernameCaseMapped("\u0627\u0661"));
    assertNull(Precis.usernameCaseMapped("\u0627\u0661\u06F1"));
  }

  /**
   * RFC 5892 appendix B.1 lists what is allowed in host names; RFC 8264 section 9 allows all of it
   * in names, and has the same exceptions and contextual rules.
   */
  @Test
  void allCodePointsAreAsInTheTableOfRfc5892() throws IOException {
    Pattern entry =
        Pattern.compile(
            "([0-9A-F]{4,6})(?:\\.\\.([0-9A-F]{4,6}))? *; (PVALID|CONTEXTJ|CONTEXTO|DISALLOWED)"
                + " *#.*");
    List<String> different = new ArrayList<>();
    int seen = 0;
    for (String line : Files.readAllLines(RfcTexts.of(5892), StandardCharsets.ISO_8859_1)) {
      Matcher matcher = entry.matcher(line.strip());
      if (!matcher.matches()) {
        continue;
      }
      int first = Integer.parseInt(matcher.group(1), 16);
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2), 16);
      for (int c = first; c <= last; c++) {
        seen++;
        if (!agrees(PrecisClass.of(c), matcher.group(3), c)) {
          different.add(String.format("U+%04X %s %s", c, matcher.group(3), PrecisClass.of(c)));
        }
      }
    }
    assertTrue(seen > 200_000, seen + " code points");
    assertEquals(List.of(), different);
  }

  /**
   * Host names have neither upper case, nor what is not stable under case folding, nor the marks of
   * some blocks (RFC 5892 section 2.4). U+19DA is no digit any more (RFC 6452).
   */
  private static boolean agrees(PrecisClass here, String inHostNames, int c) {
    return switch (inHostNames) {
      case "PVALID" -> here == PrecisClass.PVALID || c == 0x19DA;
      case "CONTEXTJ" -> here == PrecisClass.CONTEXTJ;
      case "CONTEXTO" -> here == PrecisClass.CONTEXTO;
      default ->
          switch (here) {
            case CONTEXTJ, CONTEXTO -> false;
            case PVALID -> (c > 0x20 && c < 0x7F) || Character.isLetter(c) || isMark(c);
            case FREE, DISALLOWED, UNASSIGNED -> true;
          };
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** What is kept stays what it is when it is prepared again. */
  @Test
  void everyCodePointIsStable() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String name = Precis.usernameCaseMapped("a" + Character.toString(c) + "b");
      if (name != null) {
        assertEquals(name, Precis.usernameCaseMapped(name));
      }
      String password = Precis.opaqueString("a" + Character.toString(c) + "b");
      if (password != null) {
        assertEquals(password, Precis.opaqueString(password));
      }
    }
  }

  @Property
  void nothingThrows(@ForAll String text) {
    String name = Precis.usernameCaseMapped(text);
    String password = Precis.opaqueString(text);
    assertTrue(name == null || !name.isEmpty());
    assertTrue(password == null || !password.isEmpty());
  }
}
