package org.posthorn.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.store.Identity;

/** The header fields that we add (RFC 5321 section 4.4). */
final class TraceHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  /** A line has 998 octets at most (RFC 5322 section 2.1.1). */
  private static final int LONGEST_COMMENT = 960;

  private TraceHeader() {}

  /** Return-Path, at final delivery only. */
  static String returnPath(ReversePath sender) {
    return "Return-Path: <" + sender + ">\r\n";
  }

  /**
   * Received.
   *
   * @param recipient shown when there is just one, empty otherwise
   */
  static String received(
      Submission submission,
      TracePolicy policy,
      String hostname,
      String id,
      String recipient,
      ZonedDateTime when) {
    SmtpPeer peer = submission.peer();
    StringBuilder field = new StringBuilder(256);
    field.append("Received: from ").append(peer.helo());
    field.append(" (").append(literal(peer.connection().peer().getAddress())).append(")\r\n");
    field.append("\tby ").append(hostname).append(" with ").append(peer.with());
    // RFC 3865 section 2.6: for those who see the message and not its envelope.
    String solicitation = String.join(",", submission.parameters().solicitation());
    if (!solicitation.isEmpty() && solicitation.length() < LONGEST_COMMENT) {
      field.append("\r\n\t(NO-SOLICITING SOLICIT=").append(solicitation).append(")\r\n\t");
    } else {
      field.append(' ');
    }
    field.append("id ").append(id);
    Identity user = peer.user();
    if (policy.user() && user != null) {
      field.append("\r\n\t(authenticated as ").append(comment(user.authenticatedAs())).append(')');
    }
    if (!recipient.isEmpty()) {
      field.append("\r\n\tfor <").append(recipient).append('>');
    }
    TlsInfo tls = peer.tls();
    if (policy.tls() && tls != null) {
      field.append("\r\n\ttls ").append(tls.cipherSuite());
      field.append(" (").append(tls.protocol()).append(')');
    }
    // RFC 6710 section 7.
    submission
        .parameters()
        .priority()
        .ifPresent(priority -> field.append("\r\n\tPRIORITY ").append(priority));
    return field.append(";\r\n\t").append(DATE.format(when)).append("\r\n").toString();
  }

  /** ctext, RFC 5322 section 3.2.2; what it cannot hold becomes a question mark. */
  private static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == ')' || c == '\\') {
        comment.append('\\');
      }
      comment.append(c < ' ' || c > '~' ? '?' : c);
    }
    return comment.toString();
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[IPv6:" + plain + ']' : '[' + plain + ']';
  }

  static byte[] octets(String fields) {
    return fields.getBytes(StandardCharsets.UTF_8);
  }
}
