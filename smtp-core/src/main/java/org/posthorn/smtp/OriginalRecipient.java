package org.posthorn.smtp;

/**
 * Whom the sender meant (RFC 3461 section 4.2).
 *
 * @param type of address, such as rfc822 or utf-8; in lower case
 * @param address decoded
 */
public record OriginalRecipient(String type, String address) {
  /** RFC 3461 section 4: octets of the parameter's value at most. */
  private static final int MOST = 500;

  /** Reads the value of ORCPT. */
  public static OriginalRecipient parse(String value) throws SmtpSyntaxException {
    int semicolon = value.indexOf(';');
    if (semicolon < 1 || semicolon == value.length() - 1 || value.length() > MOST) {
      throw new SmtpSyntaxException("ORCPT takes a type, a semicolon and an address");
    }
    String type = value.substring(0, semicolon);
    if (!type.codePoints().allMatch(c -> c < 0x80 && PathParser.isAtomText(c))) {
      throw new SmtpSyntaxException("ORCPT begins with a type of address");
    }
    String lower = type.toLowerCase(java.util.Locale.ROOT);
    String rest = value.substring(semicolon + 1);
    return new OriginalRecipient(
        lower, lower.equals("utf-8") ? Utf8Xtext.decode(rest) : Xtext.decode(rest));
  }

  /** The value of ORCPT. */
  @Override
  public String toString() {
    return type + ';' + (type.equals("utf-8") ? Utf8Xtext.encode(address) : Xtext.encode(address));
  }
}
