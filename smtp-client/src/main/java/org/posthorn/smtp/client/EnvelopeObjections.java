package org.posthorn.smtp.client;

import java.util.Optional;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.DeliverBy;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ValidSince;
import org.posthorn.smtp.Verdict;

/** Why a server cannot take a message or a recipient, known before it is asked. */
final class EnvelopeObjections {
  private final ServerAbilities server;
  private final boolean proven;

  /**
   * @param proven whether TLS stands with a server whose certificate proves its name
   */
  EnvelopeObjections(ServerAbilities server, boolean proven) {
    this.server = server;
    this.proven = proven;
  }

  Optional<Verdict> against(MailOrder order) {
    MailParameters parameters = order.parameters();
    if (server.size().isPresent() && order.size() > server.size().getAsLong()) {
      return objection(552, "5.3.4", "Message too big for the next server");
    }
    BodyKind body = parameters.body();
    boolean binary = body == BodyKind.BINARY_MIME;
    if ((binary && !(server.has("BINARYMIME") && server.has("CHUNKING")))
        || (body == BodyKind.EIGHT_BIT_MIME && !server.has("8BITMIME"))) {
      return objection(554, "5.6.3", "The next server does not take content of this kind");
    }
    if (parameters.smtpUtf8() && !server.has("SMTPUTF8")) {
      return objection(553, "5.6.7", "The next server does not take internationalized mail");
    }
    // RFC 8689 section 5: a bounce goes on, so that it is not lost.
    if (parameters.requireTls() && !order.sender().isNull()) {
      if (!proven) {
        return objection(550, "5.7.10", "Encryption needed: no TLS with a proven server");
      } else if (!server.has("REQUIRETLS")) {
        return objection(550, "5.7.30", "REQUIRETLS support required");
      }
    }
    Optional<DeliverBy> by = parameters.deliverBy();
    if (by.isPresent() && by.get().returned()) {
      return against(by.get());
    }
    Optional<Address> sender = order.sender().address();
    return sender.isPresent() ? against(sender.get()) : Optional.empty();
  }

  /** RFC 2852 section 4.1.4.1. */
  private Optional<Verdict> against(DeliverBy by) {
    if (!server.has("DELIVERBY")) {
      return objection(554, "5.3.3", "The next server promises no delivery in time");
    } else if (by.seconds() < server.shortestDeadline()) {
      return objection(554, "5.3.3", "The next server wants more time to deliver");
    }
    return Optional.empty();
  }

  Optional<Verdict> against(Recipient recipient) {
    Optional<ValidSince> since = recipient.validSince();
    // RFC 7293 section 5.1.1.
    if (since.isPresent() && !since.get().unprotected() && !server.has("RRVS")) {
      return objection(550, "5.7.19", "The next server does not compare mailbox owners");
    }
    return against(recipient.address());
  }

  private Optional<Verdict> against(Address address) {
    boolean beyondAscii = address.localPart().chars().anyMatch(c -> c >= 0x80);
    return beyondAscii && !server.has("SMTPUTF8")
        ? objection(553, "5.6.7", "The next server does not take internationalized addresses")
        : Optional.empty();
  }

  private static Optional<Verdict> objection(int code, String enhanced, String text) {
    return Optional.of(new Verdict(code, enhanced, text));
  }
}
