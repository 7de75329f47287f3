package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Numbers are read eight octets at a time; here beside a reader that knows regular expressions. */
class MessageSetPropertyTest {
  private static final Pattern ITEM = Pattern.compile("(\\*|[0-9]+)(?::(\\*|[0-9]+))?");
  private static final long MOST = 0xffff_ffffL;

  /** The set at the beginning of a text, with numbers as they are meant; null where none is. */
  private static String plain(String text, int[] end) {
    StringBuilder set = new StringBuilder();
    Matcher item = ITEM.matcher(text);
    int at = 0;
    do {
      String comma = set.length() == 0 ? "" : ",";
      if (!item.find(at) || item.start() != at) {
        return null;
      }
      boolean range = item.group(2) != null;
      if (!isNumber(item.group(1)) || (range && !isNumber(item.group(2)))) {
        return null;
      }
      // A colon without a number behind it belongs to the set, and makes it none.
      at = item.end();
      if (!range && at < text.length() && text.charAt(at) == ':') {
        return null;
      }
      String first = meant(item.group(1));
      String last = range ? meant(item.group(2)) : first;
      set.append(comma).append(first).append(last.equals(first) ? "" : ":" + last);
    } while (at < text.length() && text.charAt(at++) == ',');
    end[0] = item.end();
    return set.toString();
  }

  private static boolean isNumber(String text) {
    return text.equals("*")
        || (text.length() < 18 && Long.parseLong(text) > 0 && Long.parseLong(text) <= MOST);
  }

  private static String meant(String number) {
    return number.equals("*") ? number : Long.toString(Long.parseLong(number));
  }

  @Property
  void setsAreReadAsTheyStand(@ForAll("sets") String set, @ForAll("tails") String tail)
      throws SyntaxException {
    readsAsThePlainReader(set + tail);
  }

  @Property
  void anythingIsReadAsThePlainReaderDoes(@ForAll("anything") String text) throws SyntaxException {
    readsAsThePlainReader(text);
  }

  private static void readsAsThePlainReader(String text) throws SyntaxException {
    int[] end = new int[1];
    String expected = plain(text, end);
    CommandReader in = CommandReader.of(text);
    if (expected == null) {
      assertThrows(SyntaxException.class, in::expectMessageSet, text);
    } else {
      assertEquals(expected, in.expectMessageSet().toString(), text);
      assertEquals(end[0], in.position(), text);
    }
  }

  @Provide
  Arbitrary<String> sets() {
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 99).map(String::valueOf),
            Arbitraries.longs().between(1, MOST).map(String::valueOf),
            Arbitraries.of("*", "0", "007", "9999999", "10000000", "99999999", "4294967296"));
    Arbitrary<String> range =
        Combinators.combine(number, number).as((first, last) -> first + ":" + last);
    return Arbitraries.frequencyOf(Tuple.of(2, number), Tuple.of(1, range))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(items -> String.join(",", items));
  }

  @Provide
  Arbitrary<String> tails() {
    return Arbitraries.of("", " ", " FLAGS", " (UID FLAGS)", ")", "/1234567", "\u00ff2345678", ";");
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().withChars("0123456789:,* /;\u00ff").ofMaxLength(30);
  }
}
