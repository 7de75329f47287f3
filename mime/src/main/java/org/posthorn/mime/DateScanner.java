package org.posthorn.mime;

import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a date by what they look like rather than by their order: a word is a month or
 * a zone, digits with a colon are a time, signed digits after the time are the zone, a number with
 * four digits or the second of two is the year.
 */
final class DateScanner {

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int MAX_DIGITS = 6;

  private final ValueLexer lexer;
  private int day = -1;
  private int month = -1;
  private int year = -1;
  private int hour = -1;
  private int minute;
  private int second;
  private int offset;
  private boolean offsetKnown;

  DateScanner(Octets value) {
    this.lexer = new ValueLexer(value);
  }

  @Nullable OffsetDateTime date() {
    if (day < 0 || month < 0 || year < 0) {
      return null;
    }
    OffsetDateTime whole =
        hour < 0 ? null : MailDate.of(year, month, day, hour, minute, second, offset);
    return whole == null ? MailDate.of(year, month, day, 0, 0, 0, 0) : whole;
  }

  void scan() {
    while (true) {
      lexer.skipSpace();
      if (lexer.atEnd()) {
        return;
      }
      if (lexer.isDigit()) {
        digits();
      } else if (lexer.isLetter()) {
        word(lexer.letters());
      } else if (lexer.next('+') || lexer.next('-')) {
        sign();
      } else {
        lexer.skipOctet();
      }
    }
  }

  private void digits() {
    int before = lexer.position();
    int number = lexer.digits(MAX_DIGITS);
    int width = lexer.position() - before;
    lexer.skipSpace();
    if (hour < 0 && lexer.accept(':')) {
      hour = number;
      minute = number(-1);
      lexer.skipSpace();
      second = lexer.accept(':') ? number(0) : 0;
      if (lexer.accept('.') && lexer.isDigit()) {
        lexer.digits(MAX_DIGITS);
      }
    } else if (width >= 4 && year < 0 && day < 0 && lexer.next('-')) {
      isoDate(number);
    } else if (day < 0 && width <= 2) {
      day = number;
    } else if (year < 0) {
      year = fullYear(number, width);
    }
  }

  private int number(int otherwise) {
    lexer.skipSpace();
    return lexer.isDigit() ? lexer.digits(MAX_DIGITS) : otherwise;
  }

  /** After the year of {@code 1997-11-21}. */
  private void isoDate(int number) {
    year = number;
    lexer.accept('-');
    month = lexer.isDigit() ? lexer.digits(2) : -1;
    lexer.accept('-');
    day = lexer.isDigit() ? lexer.digits(2) : -1;
  }

  /** RFC 5322 section 4.3. */
  private static int fullYear(int number, int width) {
    if (width == 2) {
      return number < 50 ? number + 2000 : number + 1900;
    }
    return width == 3 ? number + 1900 : number;
  }

  private void sign() {
    boolean negative = lexer.next('-');
    lexer.skipOctet();
    if (hour < 0 || !lexer.isDigit() || (offsetKnown && offset != 0)) {
      return;
    }
    int before = lexer.position();
    int number = lexer.digits(4);
    int width = lexer.position() - before;
    int minutes;
    if (width <= 2) {
      minutes = number * 60;
      if (lexer.accept(':') && lexer.isDigit()) {
        minutes += lexer.digits(2);
      }
    } else {
      minutes = number / 100 * 60 + number % 100;
    }
    offset = negative ? -minutes : minutes;
    offsetKnown = true;
  }

  private void word(Octets letters) {
    String word = letters.asAscii().toLowerCase(Locale.ROOT);
    if (word.length() >= 3 && month < 0) {
      int at = MONTHS.indexOf(word.substring(0, 3));
      if (at >= 0 && at % 3 == 0) {
        month = at / 3 + 1;
        return;
      }
    }
    if (hour < 0) {
      return;
    }
    if (word.equals("pm") && hour < 12) {
      hour += 12;
    } else if (word.equals("am") && hour == 12) {
      hour = 0;
    } else if (!offsetKnown) {
      zone(word);
    }
  }

  /**
   * The named zones of RFC 5322 section 4.3, and of Europe; the military letters count as unknown.
   */
  private void zone(String word) {
    int hours =
        switch (word) {
          case "edt" -> -4;
          case "est", "cdt" -> -5;
          case "cst", "mdt" -> -6;
          case "mst", "pdt" -> -7;
          case "pst" -> -8;
          case "cet", "met", "bst" -> 1;
          case "cest", "mest", "eet" -> 2;
          case "eest", "msk" -> 3;
          case "jst", "kst" -> 9;
          default -> 0;
        };
    offset = hours * 60;
    offsetKnown = true;
  }
}
