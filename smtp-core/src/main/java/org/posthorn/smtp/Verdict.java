package org.posthorn.smtp;

import org.posthorn.store.StoreException;

/**
 * A reply to a command: reply code, enhanced status code (RFC 3463) and text.
 *
 * @param code 200 to 599
 * @param enhanced such as 5.1.1; its class equals the first digit of the code
 * @param text printable, one line
 */
public record Verdict(int code, String enhanced, String text) {
  public static final Verdict OK = new Verdict(250, "2.0.0", "OK");

  public Verdict {
    if (code < 200 || code > 599 || (code / 100 == 3)) {
      throw new IllegalArgumentException("reply code " + code);
    }
    if (!isEnhanced(enhanced) || enhanced.charAt(0) - '0' != code / 100) {
      throw new IllegalArgumentException("enhanced status code " + enhanced + " with " + code);
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw new IllegalArgumentException("control character in reply text");
      }
    }
  }

  /** RFC 3463 section 2: status-code = class "." subject "." detail, each of the last 1*3DIGIT. */
  private static boolean isEnhanced(String status) {
    int dot = status.indexOf('.', 2);
    return dot > 0
        && "245".indexOf(status.charAt(0)) >= 0
        && status.charAt(1) == '.'
        && isNumber(status, 2, dot)
        && isNumber(status, dot + 1, status.length());
  }

  private static boolean isNumber(String status, int from, int to) {
    boolean digits = from < to && to - from <= 3;
    for (int i = from; i < to && digits; i++) {
      digits = status.charAt(i) >= '0' && status.charAt(i) <= '9';
    }
    return digits;
  }

  /** How a failure of a store or handler is answered. */
  public static Verdict of(StoreException failure) {
    return Failures.verdict(failure);
  }

  /** As it goes out, without its line end. */
  public String line() {
    return code + " " + enhanced + ' ' + text;
  }

  public boolean accepted() {
    return code < 300;
  }

  public boolean temporary() {
    return code >= 400 && code < 500;
  }
}
