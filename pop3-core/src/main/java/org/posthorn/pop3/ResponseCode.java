package org.posthorn.pop3;

/** RFC 2449 section 8, RFC 3206. */
public enum ResponseCode {
  IN_USE("IN-USE"),
  LOGIN_DELAY("LOGIN-DELAY"),
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
