package org.posthorn.delivery.check;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.store.StoreException;

/** Header fields that checkers add, take away, or want to see. */
final class Tags {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private Tags() {}

  /** Removes the fields of a name: nobody outside says what only we can. */
  static void removeAll(Spool content, String name, Findings.Builder findings)
      throws StoreException {
    int found = 0;
    for (byte[] field : MessageFields.of(content).fields()) {
      if (MessageFields.named(field, name)) {
        found++;
      }
    }
    for (int i = found; i > 0; i--) {
      findings.edit(new HeaderEdit.Change(name, i, ""));
    }
  }

  /** A trace field as delivery will write it, for daemons that look there for the client. */
  static String received(SmtpPeer peer) {
    String name = peer.name();
    return "Received: from "
        + peer.helo()
        + " ("
        + (name == null ? "" : name + ' ')
        + literal(peer.connection().peer().getAddress())
        + ")\r\n\tby localhost with "
        + peer.with()
        + ";\r\n\t"
        + DATE.format(ZonedDateTime.now(ZoneOffset.UTC))
        + "\r\n";
  }

  private static String literal(InetAddress address) {
    return address instanceof Inet6Address
        ? "[IPv6:" + plain(address) + ']'
        : '[' + plain(address) + ']';
  }

  /** Without the zone. */
  static String plain(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
