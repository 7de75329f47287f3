package org.posthorn.pop3;

/** RFC 2449 section 8, RFC 3206, RFC 6856 section 5. */
public enum ResponseCode {
  IN_USE("IN-USE"),
  LOGIN_DELAY("LOGIN-DELAY"),
  /** RFC 6856 section 5: the message needs UTF-8 mode. */
  UTF8("UTF8"),
  /** The credentials are at fault. */
  AUTH("AUTH"),
  /** Ours, for now. */
  SYS_TEMP("SYS/TEMP"),
  /** Ours, until somebody mends it. */
  SYS_PERM("SYS/PERM");

  private final String text;

  ResponseCode(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
