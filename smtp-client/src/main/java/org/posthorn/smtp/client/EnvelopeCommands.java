package org.posthorn.smtp.client;

import java.util.Map;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;

/** Writes MAIL and RCPT with the parameters that a server understands. */
final class EnvelopeCommands {
  private final ServerAbilities server;
  private final MailOrder order;

  EnvelopeCommands(ServerAbilities server, MailOrder order) {
    this.server = server;
    this.order = order;
  }

  String mail() {
    StringBuilder line = new StringBuilder("MAIL FROM:<");
    order.sender().address().ifPresent(address -> line.append(path(address)));
    line.append('>');
    if (server.has("SIZE")) {
      line.append(" SIZE=").append(order.size());
    }
    switch (order.parameters().body()) {
      case EIGHT_BIT_MIME -> line.append(" BODY=8BITMIME");
      case BINARY_MIME -> line.append(" BODY=BINARYMIME");
      case SEVEN_BIT -> {}
    }
    if (utf8()) {
      line.append(" SMTPUTF8");
    }
    Map<String, String> wishes = order.parameters().values();
    if (server.has("DSN")) {
      passOn(line, wishes, "RET");
      passOn(line, wishes, "ENVID");
    }
    if (server.has("DELIVERBY")) {
      passOn(line, wishes, "BY");
    }
    if (server.has("MT-PRIORITY")) {
      passOn(line, wishes, "MT-PRIORITY");
    }
    if (server.has("REQUIRETLS") && order.parameters().requireTls()) {
      line.append(" REQUIRETLS");
    }
    return line.toString();
  }

  String rcpt(Recipient recipient) {
    StringBuilder line = new StringBuilder("RCPT TO:<").append(path(recipient.address()));
    line.append('>');
    if (server.has("DSN")) {
      passOn(line, recipient.parameters(), "NOTIFY");
      passOn(line, recipient.parameters(), "ORCPT");
    }
    if (server.has("RRVS")) {
      passOn(line, recipient.parameters(), "RRVS");
    }
    return line.toString();
  }

  private static void passOn(StringBuilder line, Map<String, String> parameters, String keyword) {
    String value = parameters.get(keyword);
    if (value != null) {
      line.append(' ').append(keyword).append('=').append(value);
    }
  }

  /** RFC 6531 section 3.4: needed by the content, or by an address that stays beyond ASCII. */
  private boolean utf8() {
    if (!server.has("SMTPUTF8")) {
      return false;
    }
    return order.parameters().smtpUtf8()
        || order.sender().address().map(Address::needsUtf8).orElse(false)
        || order.recipients().stream().anyMatch(r -> r.address().needsUtf8());
  }

  /** A domain has a form that everybody understands; a local part has not. */
  private String path(Address address) {
    boolean asItIs = !address.needsUtf8() || server.has("SMTPUTF8");
    return asItIs
        ? address.toString()
        : new Address(address.localPart(), address.canonicalDomain()).toString();
  }
}
