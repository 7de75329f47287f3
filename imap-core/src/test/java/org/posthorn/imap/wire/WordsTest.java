package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final List<String> NAMES =
      List.of(
          "A",
          "UID",
          "UNSEEN",
          "ANSWERED",
          "UNANSWERED",
          "BODY",
          "BODY.PEEK",
          "BODYSTRUCTURE",
          "X-FIFTEEN-CHARS",
          "X-SIXTEEN-LETTER",
          "X-SIXTEEN-LETTERS",
          "SAVEDATESUPPORTED");

  private static final Map<String, String> VALUES = new HashMap<>();

  static {
    NAMES.forEach(name -> VALUES.put(name, "value of " + name));
  }

  private final Words<String> words = new Words<>(VALUES);

  @Test
  void findsEachWhateverItsCaseAndWhateverFollows() throws SyntaxException {
    for (String name : NAMES) {
      for (String rest : List.of("", " ", "[", "(\\Seen)", "/ and more", "_", "\u00e9")) {
        for (String written : List.of(name, name.toLowerCase(Locale.ROOT))) {
          CommandReader in = CommandReader.of(written + rest);
          assertEquals("value of " + name, in.acceptWord(words), written + rest);
          assertEquals(name.length(), in.position());
        }
      }
    }
  }

  @Test
  void leavesWhatIsNoneOfThem() throws SyntaxException {
    for (String other : List.of("", " A", "B", "AB", "UNSEEN1", "BODY.PEE", "body-", "@", "`")) {
      CommandReader in = CommandReader.of(other);
      assertNull(in.acceptWord(words), other);
      assertEquals(0, in.position());
    }
  }

  @Property
  void isTheMapOfTheNameThatComesNext(@ForAll("lines") String line) throws SyntaxException {
    CommandReader in = CommandReader.of(line);
    CommandReader slow = CommandReader.of(line);
    String name = Chars.isName(slow.peek()) ? slow.expectName() : "";
    assertEquals(VALUES.get(name), in.acceptWord(words));
    assertEquals(VALUES.containsKey(name) ? slow.position() : 0, in.position());
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> names = Arbitraries.of(NAMES);
    Arbitrary<String> others = Arbitraries.strings().ascii().ofMaxLength(20);
    return Arbitraries.oneOf(names, others)
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }
}
