package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Pattern ENHANCED = Pattern.compile("5\\.[0-9]{1,3}\\.[0-9]{1,3}");

  @Property
  void enhancedStatusCodesAreThoseOfRfc3463(@ForAll("statuses") String status) {
    if (ENHANCED.matcher(status).matches()) {
      assertEquals("550 " + status + " no", new Verdict(550, status, "no").line());
    } else {
      assertThrows(IllegalArgumentException.class, () -> new Verdict(550, status, "no"));
    }
  }

  @Provide
  Arbitrary<String> statuses() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("2457.90\u0661 ").ofMaxLength(10),
        Arbitraries.strings()
            .withChars("059.")
            .ofMaxLength(8)
            .map(subjectAndDetail -> "5." + subjectAndDetail));
  }

  @Test
  void theClassIsThatOfTheReplyCode() {
    assertThrows(IllegalArgumentException.class, () -> new Verdict(450, "5.1.1", "no"));
    assertThrows(IllegalArgumentException.class, () -> new Verdict(354, "3.1.1", "go on"));
  }

  @Test
  void aReplyIsOneLine() {
    assertThrows(IllegalArgumentException.class, () -> new Verdict(550, "5.1.1", "no\r\n250 yes"));
    assertThrows(IllegalArgumentException.class, () -> new Verdict(550, "5.1.1", "no\u007f"));
  }
}
