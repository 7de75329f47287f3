package org.posthorn.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The extensions that are a keyword and at most a parameter. */
final class StandardExtensions {
  private StandardExtensions() {}

  static List<SmtpExtension> all() {
    return List.of(
        keyword("PIPELINING"),
        new Size(),
        new EightBitMime(),
        new SmtpUtf8(),
        keyword("ENHANCEDSTATUSCODES"));
  }

  /** RFC 2920, RFC 2034: a promise and nothing more. */
  private static SmtpExtension keyword(String keyword) {
    return session -> Optional.of(keyword);
  }

  /** RFC 1870. */
  private static final class Size implements SmtpExtension {
    private static final int DIGITS = 18;

    @Override
    public Optional<String> announcement(SmtpSession session) {
      return Optional.of("SIZE " + session.limits().messageOctets());
    }

    @Override
    public Map<String, ParameterCheck> mailParameters() {
      return Map.of("SIZE", Size::check);
    }

    private static String check(SmtpSession session, String value)
        throws SmtpSyntaxException, RefusedException {
      if (value.isEmpty()
          || value.length() > DIGITS
          || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new SmtpSyntaxException("SIZE takes a number of octets");
      }
      if (Long.parseLong(value) > session.limits().messageOctets()) {
        throw new RefusedException(new Verdict(552, "5.3.4", "Message too big"));
      }
      return value;
    }
  }

  /** RFC 6152. */
  private static final class EightBitMime implements SmtpExtension {
    @Override
    public Optional<String> announcement(SmtpSession session) {
      return Optional.of("8BITMIME");
    }

    @Override
    public Map<String, ParameterCheck> mailParameters() {
      return Map.of("BODY", EightBitMime::check);
    }

    private static String check(SmtpSession session, String value) throws SmtpSyntaxException {
      String kind = value.toUpperCase(Locale.ROOT);
      if (!kind.equals("7BIT") && !kind.equals("8BITMIME")) {
        throw new SmtpSyntaxException("BODY takes 7BIT or 8BITMIME");
      }
      return kind;
    }
  }

  /** RFC 6531. */
  private static final class SmtpUtf8 implements SmtpExtension {
    @Override
    public Optional<String> announcement(SmtpSession session) {
      return Optional.of("SMTPUTF8");
    }

    @Override
    public Map<String, ParameterCheck> mailParameters() {
      return Map.of("SMTPUTF8", SmtpUtf8::check);
    }

    private static String check(SmtpSession session, String value) throws SmtpSyntaxException {
      if (!value.isEmpty()) {
        throw new SmtpSyntaxException("SMTPUTF8 takes no value");
      }
      return value;
    }
  }
}
