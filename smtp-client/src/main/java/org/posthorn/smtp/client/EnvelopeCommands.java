package org.posthorn.smtp.client;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;

/** Writes MAIL and RCPT with the parameters that a server understands. */
final class EnvelopeCommands {
  private final ServerAbilities server;
  private final MailOrder order;

  EnvelopeCommands(ServerAbilities server, MailOrder order) {
    this.server = server;
    this.order = order;
  }

  /** Why the server cannot take this message at all, known before it is asked. */
  Optional<Verdict> objection() {
    if (server.size().isPresent() && order.size() > server.size().getAsLong()) {
      return Optional.of(new Verdict(552, "5.3.4", "Message too big for the next server"));
    }
    BodyKind body = order.parameters().body();
    boolean binary = body == BodyKind.BINARY_MIME;
    if ((binary && !(server.has("BINARYMIME") && server.has("CHUNKING")))
        || (body == BodyKind.EIGHT_BIT_MIME && !server.has("8BITMIME"))) {
      return Optional.of(
          new Verdict(554, "5.6.3", "The next server does not take content of this kind"));
    }
    if (order.parameters().smtpUtf8() && !server.has("SMTPUTF8")) {
      return Optional.of(
          new Verdict(553, "5.6.7", "The next server does not take internationalized mail"));
    }
    Optional<Address> sender = order.sender().address();
    return sender.isPresent() ? objection(sender.get()) : Optional.empty();
  }

  /** Why the server cannot take this recipient. */
  Optional<Verdict> objection(Address address) {
    boolean beyondAscii = address.localPart().chars().anyMatch(c -> c >= 0x80);
    return beyondAscii && !server.has("SMTPUTF8")
        ? Optional.of(
            new Verdict(553, "5.6.7", "The next server does not take internationalized addresses"))
        : Optional.empty();
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
    if (server.has("DSN")) {
      passOn(line, order.parameters().values(), "RET");
      passOn(line, order.parameters().values(), "ENVID");
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
