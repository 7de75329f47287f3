package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ParameterValuesTest {
  private interface Parser {
    Object parse(String value) throws SmtpSyntaxException;
  }

  /** Lone surrogates are no text. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .filter(c -> c < 0xd800 || c > 0xdfff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Property
  void xtextIsReadAgain(@ForAll String any) throws Exception {
    String text = wellFormed(any);
    assertEquals(text, Xtext.decode(Xtext.encode(text)));
  }

  @Property
  void originalRecipientsAreReadAgain(
      @ForAll @StringLength(min = 1, max = 40) String any, @ForAll boolean international)
      throws Exception {
    String text = 'x' + wellFormed(any);
    OriginalRecipient original = new OriginalRecipient(international ? "utf-8" : "rfc822", text);
    assertEquals(original, OriginalRecipient.parse(original.toString()));
  }

  @Property
  void deadlinesAreReadAgain(
      @ForAll @IntRange(min = -999_999_999, max = 999_999_999) int seconds,
      @ForAll boolean returned,
      @ForAll boolean trace)
      throws Exception {
    DeliverBy by = new DeliverBy(seconds, returned && seconds > 0, trace);
    assertEquals(by, DeliverBy.parse(by.toString()));
  }

  @Property
  void timesAreReadAgain(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second, @ForAll boolean unprotected)
      throws Exception {
    ValidSince since = new ValidSince(Instant.ofEpochSecond(second), unprotected);
    assertEquals(since, ValidSince.parse(since.toString()));
  }

  @Property
  void garbageIsASyntaxErrorAndNothingElse(@ForAll String text) {
    for (Parser parser :
        new Parser[] {
          Xtext::decode,
          Utf8Xtext::decode,
          DeliverBy::parse,
          ValidSince::parse,
          OriginalRecipient::parse,
          value -> OriginalRecipient.parse("utf-8;" + value)
        }) {
      try {
        assertNotNull(parser.parse(text));
      } catch (SmtpSyntaxException expected) {
        assertNotNull(expected.getMessage());
      }
    }
  }

  @Test
  void whatIsLeftOfADeadlineGoesOn() throws Exception {
    assertEquals("20;R", DeliverBy.parse("120;R").after(Duration.ofSeconds(100)).toString());
    assertEquals("-5;NT", DeliverBy.parse("+5;nt").after(Duration.ofSeconds(10)).toString());
  }
}
