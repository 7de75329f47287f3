package org.posthorn.imap.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxName;

class ListPatternPropertyTest {

  @Property
  void matchesLikeARegularExpression(
      @ForAll("patterns") String pattern, @ForAll("names") String path) {
    MailboxName name = MailboxName.parse(path);
    boolean expected = regex(pattern).matcher(name.path()).matches();
    assertEquals(expected, ListPattern.of(pattern).matches(name));
  }

  /** What matches lies where the query says. */
  @Property
  void theQueryCoversEveryMatch(@ForAll("patterns") String pattern, @ForAll("names") String path) {
    MailboxName name = MailboxName.parse(path);
    if (ListPattern.of(pattern).matches(name)) {
      ListQuery query = ListPattern.of(pattern).query();
      int prefix = query.prefix().size();
      assertEquals(query.prefix(), name.segments().subList(0, prefix));
      assertTrue(name.depth() - prefix <= query.depth());
    }
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '%' ? "[^/]*" : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("aab/%*\u00e9").ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> level =
        Arbitraries.strings().withChars("ab\u00e9").ofMinLength(1).ofMaxLength(4);
    return level.list().ofMinSize(1).ofMaxSize(4).map(levels -> String.join("/", levels));
  }
}
