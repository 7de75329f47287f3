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

/** The header fields that we add (RFC 5321 section 4.4). */
final class TraceHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

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
      SmtpPeer peer, String hostname, String id, String recipient, ZonedDateTime when) {
    StringBuilder field = new StringBuilder(256);
    field.append("Received: from ").append(peer.helo());
    field.append(" (").append(literal(peer.connection().peer().getAddress())).append(")\r\n");
    field.append("\tby ").append(hostname).append(" with ").append(peer.with());
    field.append(" id ").append(id);
    TlsInfo tls = peer.tls();
    if (tls != null) {
      field.append("\r\n\t(").append(tls.protocol()).append(' ').append(tls.cipherSuite());
      field.append(')');
    }
    if (!recipient.isEmpty()) {
      field.append("\r\n\tfor <").append(recipient).append('>');
    }
    return field.append(";\r\n\t").append(DATE.format(when)).append("\r\n").toString();
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
