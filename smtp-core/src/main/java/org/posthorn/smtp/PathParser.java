package org.posthorn.smtp;

import java.util.regex.Pattern;
import org.posthorn.protocol.IpLiteral;

/**
 * Reads paths, mailboxes and esmtp parameters of one command line (RFC 5321 sections 4.1.2 and
 * 4.1.3, RFC 6531 section 3.3).
 */
final class PathParser {
  private static final int LOCAL_PART_LIMIT = 256;
  private static final int DOMAIN_LIMIT = 1_020;
  private static final String IPV6 = "IPv6:";

  /** General-address-literal, RFC 5321 section 4.1.3; no angle brackets, which end our paths. */
  private static final Pattern GENERAL_LITERAL =
      Pattern.compile("[A-Za-z0-9-]*[A-Za-z0-9]:[!-;=?-Z^-~]+");

  private final String text;
  private int at;

  /** Whether characters beyond US-ASCII are allowed is known only when the parameters are read. */
  PathParser(String text) {
    this.text = text;
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
    while (at < text.length() && (peek() == '.' || isAtomText(text.codePointAt(at)))) {
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
      if (Character.isISOControl(c)) {
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
    String literal = text.substring(at + 1, end);
    try {
      if (literal.regionMatches(true, 0, IPV6, 0, IPV6.length())) {
        if (literal.indexOf(':', IPV6.length()) < 0) {
          throw new SmtpSyntaxException("IPv6 address expected");
        }
        IpLiteral.parse(literal.substring(IPV6.length()));
      } else if (!GENERAL_LITERAL.matcher(literal).matches()) {
        IpLiteral.parse(literal);
      }
    } catch (IllegalArgumentException e) {
      throw new SmtpSyntaxException("address expected in an address literal");
    }
    at = end + 1;
    return '[' + literal + ']';
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

  /** Atext of RFC 5322 section 3.2.3 and, by RFC 6531, everything beyond US-ASCII. */
  static boolean isAtomText(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c >= 0xa0)
        || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  /** Underscores and the like are not in the grammar but in real names. */
  private static boolean domainText(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c >= 0xa0;
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
