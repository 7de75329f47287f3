package org.posthorn.protocol.url;

import org.jspecify.annotations.Nullable;

/**
 * Who may use an authorized URL (RFC 4467 section 3).
 *
 * @param user whose; null where the kind names nobody
 */
public record UrlAccess(Kind kind, @Nullable String user) {

  /** The identifiers of RFC 4467. */
  public enum Kind {
    /** A submission server on behalf of the user: {@code submit+}. */
    SUBMIT,
    /** The user in an IMAP session: {@code user+}. */
    USER,
    /** Everybody who logged in, but not as anonymous. */
    AUTHUSER,
    /** Everybody. */
    ANONYMOUS
  }

  /** Reads an identifier, percent-encoding included. */
  static UrlAccess parse(String text) throws ImapUrlException {
    if (text.equalsIgnoreCase("authuser")) {
      return new UrlAccess(Kind.AUTHUSER, null);
    }
    if (text.equalsIgnoreCase("anonymous")) {
      return new UrlAccess(Kind.ANONYMOUS, null);
    }
    int plus = text.indexOf('+');
    if (plus > 0 && plus + 1 < text.length()) {
      String user = Percent.decode(text.substring(plus + 1));
      String kind = text.substring(0, plus);
      if (kind.equalsIgnoreCase("submit")) {
        return new UrlAccess(Kind.SUBMIT, user);
      }
      if (kind.equalsIgnoreCase("user")) {
        return new UrlAccess(Kind.USER, user);
      }
    }
    throw new ImapUrlException("Unknown access identifier");
  }

  /** Whether it lets this reader in. */
  public boolean admits(UrlReader reader) {
    return switch (kind) {
      case SUBMIT -> reader.submission() && reader.account() != null && reader.is(user);
      case USER -> !reader.submission() && reader.is(user);
      case AUTHUSER -> !reader.submission() && reader.account() != null;
      case ANONYMOUS -> !reader.submission();
    };
  }
}
