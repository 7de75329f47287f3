package org.posthorn.examples;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What options take beside plain texts and numbers. */
final class OptionTypes {
  private OptionTypes() {}

  /** A port, or 0 for any free one. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) number(value, 0, 65_535, "a port is a number from 0 to 65535");
    }
  }

  /** A number of seconds, minutes, days or things. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) number(value, 1, Integer.MAX_VALUE, "a whole number from 1 on is expected");
    }
  }

  /** Octets, perhaps in K, M or G of 1024. */
  static final class Size implements ITypeConverter<Long> {
    private static final String EXPECTED =
        "a size is a number of octets from 1 on, or with K, M, G";

    @Override
    public Long convert(String value) {
      String upper = value.strip().toUpperCase(Locale.ROOT);
      int unit = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
      String digits = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
      return number(digits, 1, 1L << 32, EXPECTED) << (10 * (unit + 1));
    }
  }

  private static long number(String digits, long least, long most, String expected) {
    long number = digits.matches("\\d{1,12}") ? Long.parseLong(digits) : -1;
    if (number < least || number > most) {
      throw new TypeConversionException("'" + digits + "': " + expected);
    }
    return number;
  }
}
