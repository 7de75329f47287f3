package org.posthorn.smtp;

import java.net.IDN;
import java.util.Locale;

/**
 * The address of a mailbox (RFC 5321 section 4.1.2), its meaning and not its spelling: quoting is
 * undone in the local part.
 *
 * @param localPart not empty, without control characters
 * @param domain a domain name, an address literal in brackets, or empty for the bare {@code
 *     postmaster}
 */
public record Address(String localPart, String domain) {
  public Address {
    if (localPart.isEmpty() || hasControls(localPart)) {
      throw new IllegalArgumentException("local part");
    }
    if (hasControls(domain) || domain.indexOf(' ') >= 0 || domain.indexOf('>') >= 0) {
      throw new IllegalArgumentException("domain");
    }
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Reads {@code local@domain} as an RCPT command would. */
  public static Address parse(String text) throws SmtpSyntaxException {
    PathParser parser = new PathParser(text);
    Address address = parser.mailbox();
    parser.expectEnd();
    return address;
  }

  /** The domain in lower case and as A-labels, the form to compare. */
  public String canonicalDomain() {
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAName) {
      return domain.toLowerCase(Locale.ROOT);
    }
  }

  /** Whether this address can only pass with SMTPUTF8. */
  public boolean needsUtf8() {
    return !isAscii(localPart) || !isAscii(domain);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** In the form of RFC 5321, quoted where needed. */
  @Override
  public String toString() {
    return domain.isEmpty() ? local() : local() + '@' + domain;
  }

  private String local() {
    if (isDotString(localPart)) {
      return localPart;
    }
    StringBuilder quoted = new StringBuilder(localPart.length() + 4).append('"');
    localPart
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\');
              }
              quoted.appendCodePoint(c);
            });
    return quoted.append('"').toString();
  }

  private static boolean isDotString(String text) {
    if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '.' && !PathParser.isAtomText(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
