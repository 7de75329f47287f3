package org.posthorn.delivery;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.ValidSince;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * RRVS by a field in the header, for recipients of whom the envelope says nothing (RFC 7293 section
 * 5.2). A field that is not well-formed, or of somebody else, is as if it were not there.
 */
final class ValidSinceField {
  private static final String NAME = "Require-Recipient-Valid-Since";

  private ValidSinceField() {}

  /** Why the message is not taken; empty where it is. */
  static Optional<Verdict> refusal(MailStore store, MessageHeader header, List<Target> targets)
      throws StoreException {
    for (Recipient asked : recipients(header)) {
      for (Target target : targets) {
        if (target.recipient().validSince().isEmpty()
            && same(asked.address(), target.recipient().address())) {
          Optional<Verdict> refusal = refusal(store, asked, target);
          if (refusal.isPresent()) {
            return refusal;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict> refusal(MailStore store, Recipient asked, Target target)
      throws StoreException {
    for (Resolution place : target.places()) {
      if (place instanceof Resolution.Local local && local.sender().isEmpty()) {
        Optional<Verdict> refusal = MailboxOwner.refusal(store, asked, local.account());
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  /** As if RCPT had said it. */
  private static List<Recipient> recipients(MessageHeader header) {
    List<Recipient> found = new ArrayList<>();
    for (String value : header.all(NAME)) {
      int semicolon = value.lastIndexOf(';');
      if (semicolon > 0) {
        Octets date = Octets.of(value.substring(semicolon + 1).getBytes(StandardCharsets.UTF_8));
        OffsetDateTime time = MailDate.parse(date);
        Address address = address(value.substring(0, semicolon).strip());
        if (time != null && address != null) {
          String since = new ValidSince(time.toInstant(), false).toString();
          found.add(new Recipient(address, Map.of("RRVS", since)));
        }
      }
    }
    return found;
  }

  private static @Nullable Address address(String text) {
    try {
      return Address.parse(text);
    } catch (SmtpSyntaxException e) {
      return null; // section 5.2 step 2: discarded
    }
  }

  private static boolean same(Address one, Address other) {
    return one.localPart().equalsIgnoreCase(other.localPart())
        && one.canonicalDomain().equals(other.canonicalDomain());
  }
}
