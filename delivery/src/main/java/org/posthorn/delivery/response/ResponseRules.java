package org.posthorn.delivery.response;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;

/** Whether a message may be answered automatically: RFC 3834 section 2, all of it in one place. */
public final class ResponseRules {
  /** Senders that are programs; also owner-* and *-request, *-owner, *-bounces (section 2). */
  private static final Set<String> PROGRAMS =
      Set.of(
          "mailer-daemon",
          "listserv",
          "majordomo",
          "postmaster",
          "noreply",
          "no-reply",
          "no_reply",
          "donotreply",
          "do-not-reply",
          "bounce",
          "bounces");

  private static final List<String> RECIPIENT_FIELDS =
      List.of("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc");

  private static final List<String> LIST_FIELDS =
      List.of(
          "List-Id",
          "List-Post",
          "List-Unsubscribe",
          "List-Help",
          "List-Subscribe",
          "List-Owner",
          "List-Archive");

  private ResponseRules() {}

  /**
   * Why a message is not to be answered, in plain words; empty when it may be.
   *
   * @param own the addresses of whoever would answer
   */
  public static Optional<String> objection(
      ReversePath sender, MessageHeader header, Set<Address> own) {
    if (sender.isNull()) {
      return Optional.of("null reverse-path");
    }
    Address to = sender.address().orElseThrow();
    if (isProgram(to.localPart().toLowerCase(Locale.ROOT))) {
      return Optional.of("the sender is a program");
    }
    if (own.stream().anyMatch(address -> same(address, to))) {
      return Optional.of("from ourselves");
    }
    for (String submitted : header.all("Auto-Submitted")) {
      if (!keyword(submitted).equals("no")) {
        return Optional.of("Auto-Submitted");
      }
    }
    for (String precedence : header.all("Precedence")) {
      if (Set.of("bulk", "list", "junk").contains(keyword(precedence))) {
        return Optional.of("Precedence");
      }
    }
    for (String field : LIST_FIELDS) {
      if (header.has(field)) {
        return Optional.of("mailing list");
      }
    }
    if (header.all("X-Auto-Response-Suppress").stream()
        .anyMatch(value -> !keyword(value).equals("none"))) {
      return Optional.of("X-Auto-Response-Suppress");
    }
    return addressesUs(header, own) ? Optional.empty() : Optional.of("not addressed to us");
  }

  private static boolean isProgram(String localPart) {
    return PROGRAMS.contains(localPart)
        || localPart.startsWith("owner-")
        || localPart.startsWith("noreply-")
        || localPart.startsWith("no-reply-")
        || localPart.startsWith("bounce-")
        || localPart.startsWith("bounce+")
        || localPart.endsWith("-owner")
        || localPart.endsWith("-request")
        || localPart.endsWith("-bounces")
        || localPart.contains("-bounces+");
  }

  /** A keyword may have parameters and comments behind it (RFC 3834 section 5). */
  private static String keyword(String value) {
    return value.strip().split("[\\s;(]", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static boolean addressesUs(MessageHeader header, Set<Address> own) {
    for (String field : RECIPIENT_FIELDS) {
      for (String address : header.addresses(field)) {
        if (own.stream().anyMatch(ours -> ours.toString().equalsIgnoreCase(address))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean same(Address a, Address b) {
    return a.localPart().equalsIgnoreCase(b.localPart())
        && a.canonicalDomain().equals(b.canonicalDomain());
  }
}
