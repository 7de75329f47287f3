package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

class GrammarTest {
  private static final UidSet VIEW = UidSet.parse("3,5:7,10:12,20");

  @Test
  void strings() throws SyntaxException {
    assertEquals("a]b", CommandReader.of("a]b").expectAstring().asAscii());
    assertEquals("a\"b\\", CommandReader.of("\"a\\\"b\\\\\"").expectAstring().asAscii());
    assertEquals("", CommandReader.of("\"\"").expectAstring().asAscii());
    assertEquals("a b", CommandReader.of("{3}\r\na b").expectAstring().asAscii());
    assertEquals("a b", CommandReader.of("{3+}\r\na b").expectString().asAscii());
    assertEquals("INB%*", CommandReader.of("INB%*").expectListMailbox().asAscii());
    assertNull(CommandReader.of("nil").expectNstring());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"open", "\"a\\b\"", "{5}\r\nab", "(", "", "\"a\rb\"", "{x}\r\n"})
  void brokenStrings(String text) {
    assertThrows(SyntaxException.class, () -> CommandReader.of(text).expectAstring());
  }

  @Test
  void numbers() throws SyntaxException {
    assertEquals(4_294_967_295L, CommandReader.of("4294967295").expectNumber());
    assertEquals(Long.MAX_VALUE, CommandReader.of("9223372036854775807").expectNumber64());
    assertThrows(SyntaxException.class, () -> CommandReader.of("4294967296").expectNumber());
    assertThrows(
        SyntaxException.class, () -> CommandReader.of("9223372036854775808").expectNumber64());
    assertThrows(SyntaxException.class, () -> CommandReader.of("0").expectNzNumber());
  }

  @Test
  void names() {
    CommandReader in = CommandReader.of("flags.silent (");
    assertFalse(in.acceptName("FLAGS"));
    assertTrue(in.acceptName("FLAGS.SILENT"));
  }

  @Test
  void errorsTellWhere() {
    SyntaxException e =
        assertThrows(SyntaxException.class, () -> CommandReader.of("ab").expect('c'));
    assertEquals(0, e.position());
    assertEquals("expected 'c' (at octet 0)", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|3",
        "1:2|3,5",
        "*|20",
        "2:*|5:7,10:12,20",
        "*:2|5:7,10:12,20",
        "7:5|10:12",
        "9|",
        "1,8,3:4|3,6:7,20",
        "8:4294967295|20"
      })
  void sequenceNumbers(String set, String uids) throws SyntaxException {
    UidSet expected = uids == null ? UidSet.EMPTY : UidSet.parse(uids);
    assertEquals(expected, CommandReader.of(set).expectMessageSet().bySequence(VIEW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"3|3", "4|", "*|20", "21:*|20", "6:11|6:7,10:11", "1:4294967295|3,5:7,10:12,20"})
  void uids(String set, String uids) throws SyntaxException {
    UidSet expected = uids == null ? UidSet.EMPTY : UidSet.parse(uids);
    assertEquals(expected, CommandReader.of(set).expectMessageSet().byUid(VIEW));
  }

  /** Numbers are read eight octets at a time: of every length, and with every end behind them. */
  @Property
  void setsAreReadAsTheyAreWritten(@ForAll("sets") String set, @ForAll boolean atEnd)
      throws SyntaxException {
    CommandReader in = CommandReader.of(atEnd ? set : set + " FLAGS (12345678)");
    assertEquals(set, in.expectMessageSet().toString());
    assertEquals(set.length(), in.position());
  }

  @Provide
  Arbitrary<String> sets() {
    Arbitrary<String> ends =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 4_294_967_295L).map(String::valueOf),
            Arbitraries.integers().between(1, 999).map(String::valueOf),
            Arbitraries.of("*", "1", "12345678", "99999999", "100000000"));
    Arbitrary<String> ranges =
        Arbitraries.oneOf(
            ends, Combinators.combine(ends, ends).as((a, b) -> a.equals(b) ? a : a + ":" + b));
    return ranges.list().ofMinSize(1).ofMaxSize(12).map(all -> String.join(",", all));
  }

  @Test
  void setsOfNothing() throws SyntaxException {
    MessageSet all = CommandReader.of("1:*").expectMessageSet();
    assertEquals(UidSet.EMPTY, all.bySequence(UidSet.EMPTY));
    assertEquals(UidSet.EMPTY, all.byUid(UidSet.EMPTY));
    assertFalse(all.touches(UidSet.EMPTY));
    assertTrue(all.touches(VIEW));
    assertFalse(CommandReader.of("1,9").expectMessageSet().touches(VIEW));
    assertEquals("1,5:*", CommandReader.of("1,5:*").expectMessageSet().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1:",
        ":1",
        "1,,2",
        "",
        "1:0",
        "a",
        "**",
        "00000000",
        "4294967296",
        "12345678901",
        "1:99999999999"
      })
  void brokenSets(String set) {
    assertThrows(
        SyntaxException.class,
        () -> {
          CommandReader in = CommandReader.of(set);
          in.expectMessageSet();
          in.expectEnd();
        });
  }

  @Test
  void flags() throws SyntaxException {
    Flags expected = Flags.of(SystemFlag.SEEN, SystemFlag.DRAFT).withKeyword("$Junk");
    assertEquals(expected, CommandReader.of("(\\seen $Junk \\DRAFT)").expectFlagList());
    assertEquals(expected, CommandReader.of("\\Seen $Junk \\Draft").expectFlags());
    assertEquals(Flags.NONE, CommandReader.of("()").expectFlags());
    for (String broken : new String[] {"(", "(\\Recent)", "(\\Odd)", "(a", "(a  b)", ")"}) {
      assertThrows(SyntaxException.class, () -> CommandReader.of(broken).expectFlagList());
    }
  }

  @Test
  void dates() throws SyntaxException {
    LocalDate date = LocalDate.of(1994, 2, 1);
    assertEquals(date, CommandReader.of("1-Feb-1994").expectDate());
    assertEquals(date, CommandReader.of("\"01-feb-1994\"").expectDate());
    for (String broken : new String[] {"30-Feb-1994", "1-Foo-1994", "1-Feb-94", "Feb", "1 Feb"}) {
      assertThrows(SyntaxException.class, () -> CommandReader.of(broken).expectDate());
    }
    for (String broken :
        new String[] {
          "\"17-Jul-1996 02:44:25\"",
          "\"17-Jul-1996 25:44:25 -0700\"",
          "\"17-Jul-1996 02:44:25 -9900\"",
          "17-Jul-1996"
        }) {
      assertThrows(SyntaxException.class, () -> CommandReader.of(broken).expectDateTime());
    }
  }

  /** Whatever comes, every production ends in a value or in its own exception. */
  @Property(tries = 3_000)
  void nothingElseIsThrown(@ForAll("garbage") String text) {
    Production[] all = {
      CommandReader::expectTag,
      CommandReader::expectAtom,
      CommandReader::expectName,
      CommandReader::expectAstring,
      CommandReader::expectListMailbox,
      CommandReader::expectNstring,
      CommandReader::expectNumber64,
      CommandReader::expectMessageSet,
      CommandReader::expectDate,
      CommandReader::expectDateTime,
      CommandReader::expectFlags,
      CommandReader::pendingLiteral
    };
    for (Production production : all) {
      CommandReader in = CommandReader.of(text);
      try {
        production.read(in);
      } catch (SyntaxException e) {
        assertTrue(e.position() >= 0 && e.position() <= text.length() * 4);
      }
    }
  }

  private interface Production {
    Object read(CommandReader in) throws SyntaxException;
  }

  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.of(
            "\"",
            "\\",
            "{",
            "}",
            "3",
            "+",
            "~",
            "\r\n",
            "(",
            ")",
            " ",
            "-",
            "Feb",
            "1994",
            ":",
            "*",
            ",",
            "$",
            "\\Seen",
            "a",
            "é",
            "\u0000",
            "NIL",
            "1-Jan-2000",
            "00:00:00",
            "+0000")
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("", list));
  }
}
