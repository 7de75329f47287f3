package org.posthorn.smtp;

/**
 * Reads paths, mailboxes and esmtp parameters of one command line (RFC 5321 sections 4.1.2 and
 * 4.1.3, RFC 6531 section 3.3).
 */
final class PathParser {
  private static final int LOCAL_PART_LIMIT = 256;
  private static final int DOMAIN_LIMIT = 1_020;

  private final String text;
  private final boolean utf8;
  private int at;

  /**
   * @param utf8 whether characters beyond US-ASCII are allowed
   */
  PathParser(String text, boolean utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /** Reverse-path = Path / "&lt;&gt;". */
  ReversePath reversePath() throws SmtpSyntaxException {
    skipSpaces();
    expect('<');
    if (take('>')) {
      return ReversePath.NULL;
    }
    return ReversePath.of(restOfPath());
  }

  /** Forward-path, "&lt;Postmaster&gt;" without a domain included. */
  Address forwardPath() throws SmtpSyntaxException {
    skipSpaces();
    expect('<');
    return restOfPath();
  }

  private Address restOfPath() throws SmtpSyntaxException {
    sourceRoute();
    Address address = mailbox();
    expect('>');
    return address;
  }

  /** A-d-l ":", to be ignored (RFC 5321 appendix C). */
  private void sourceRoute() throws SmtpSyntaxException {
    if (peek() != '@') {
      return;
    }
    while (take('@')) {
      domain();
      if (!take(',')) {
        break;
      }
    }
    expect(':');
  }

  /** Mailbox = Local-part "@" ( Domain / address-literal ). */
  Address mailbox() throws SmtpSyntaxException {
    String local = peek() == '"' ? quotedString() : dotString();
    if (local.isEmpty() || local.length() > LOCAL_PART_LIMIT) {
      throw new SmtpSyntaxException("local part of an address expected");
    }
    if (!take('@')) {
      if (local.equalsIgnoreCase("postmaster")) {
        return new Address(local, "");
      }
      throw new SmtpSyntaxException("@ and a domain expected");
    }
    return new Address(local, peek() == '[' ? addressLiteral() : domain());
  }

  /** Dots are taken wherever they stand: addresses such as {@code a..b@} are in use. */
  private String dotString() {
    int start = at;
    while (at < text.length() && (peek() == '.' || atomText(text.codePointAt(at)))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(start, at);
  }

  private String quotedString() throws SmtpSyntaxException {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.codePointAt(at);
        at += Character.charCount(c);
      }
      if (Character.isISOControl(c) || (c >= 0x80 && !utf8)) {
        throw new SmtpSyntaxException("character not allowed in an address");
      }
      value.appendCodePoint(c);
    }
    throw new SmtpSyntaxException("closing quote expected");
  }

  private String domain() throws SmtpSyntaxException {
    int start = at;
    while (at < text.length() && domainText(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    String domain = text.substring(start, at);
    if (domain.isEmpty()
        || domain.length() > DOMAIN_LIMIT
        || domain.startsWith(".")
        || domain.contains("..")) {
      throw new SmtpSyntaxException("domain expected");
    }
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }

  private String addressLiteral() throws SmtpSyntaxException {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw new SmtpSyntaxException("] expected");
    }
    String literal = text.substring(at, end + 1);
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '[' || c == '\\' || c == '<' || c == '>') {
        throw new SmtpSyntaxException("character not allowed in an address literal");
      }
    }
    at = end + 1;
    return literal;
  }

  /** The next esmtp-param as {@code keyword[=value]}, null at the end of the line. */
  @org.jspecify.annotations.Nullable
  String parameter() throws SmtpSyntaxException {
    if (at < text.length() && peek() != ' ') {
      throw new SmtpSyntaxException("space expected");
    }
    skipSpaces();
    int start = at;
    while (at < text.length() && peek() != ' ') {
      at++;
    }
    return start == at ? null : text.substring(start, at);
  }

  void expectEnd() throws SmtpSyntaxException {
    skipSpaces();
    if (at < text.length()) {
      throw new SmtpSyntaxException("unexpected text at the end");
    }
  }

  private boolean atomText(int c) {
    return isAtomText(c) && (utf8 || c < 0x80);
  }

  /** Atext of RFC 5322 section 3.2.3 and, by RFC 6531, everything beyond US-ASCII. */
  static boolean isAtomText(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c >= 0xa0)
        || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  /** Underscores and the like are not in the grammar but in real names. */
  private boolean domainText(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || (c >= 0xa0 && utf8);
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) throws SmtpSyntaxException {
    if (!take(c)) {
      throw new SmtpSyntaxException(c + " expected");
    }
  }

  private void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }
}
