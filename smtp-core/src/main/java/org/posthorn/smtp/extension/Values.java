package org.posthorn.smtp.extension;

import org.posthorn.smtp.SmtpSyntaxException;

/** What several parameters' values have in common. */
final class Values {
  private Values() {}

  /** Whether it is at least one digit and nothing else. */
  static boolean digits(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  static String none(String keyword, String value) throws SmtpSyntaxException {
    if (!value.isEmpty()) {
      throw new SmtpSyntaxException(keyword + " takes no value");
    }
    return value;
  }
}
