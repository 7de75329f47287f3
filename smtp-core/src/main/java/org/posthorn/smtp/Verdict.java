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
    if (!enhanced.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")
        || enhanced.charAt(0) - '0' != code / 100) {
      throw new IllegalArgumentException("enhanced status code " + enhanced + " with " + code);
    }
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("control character in reply text");
    }
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
