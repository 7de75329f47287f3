package org.posthorn.smtp;

/** What stands behind "with" in Received: RFC 3848 and RFC 6531 section 4.3. */
final class TransmissionType {
  private TransmissionType() {}

  static String of(SmtpRole role, boolean extended, boolean utf8, boolean tls, boolean user) {
    boolean lmtp = role == SmtpRole.LMTP;
    if (!utf8 && !extended && !lmtp) {
      return "SMTP";
    }
    String protocol = utf8 ? (lmtp ? "UTF8LMTP" : "UTF8SMTP") : (lmtp ? "LMTP" : "ESMTP");
    return protocol + (tls ? "S" : "") + (user ? "A" : "");
  }
}
