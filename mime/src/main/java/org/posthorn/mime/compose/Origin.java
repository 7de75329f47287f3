package org.posthorn.mime.compose;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Where new messages come from: what gives them their date and identifiers. The same clock and ids
 * give the same octets.
 *
 * @param clock the time, and the zone in which dates are written
 * @param ids what makes identifiers and boundaries unique
 * @param domain the right side of message identifiers
 */
public record Origin(Clock clock, IdSource ids, String domain) {

  /**
   * Checks the domain.
   *
   * @throws IllegalArgumentException if it cannot stand in a message identifier
   */
  public Origin {
    domain = AddressWriter.aLabels(domain);
    if (!OutgoingField.isMessageId(domain) || domain.contains("@")) {
      throw new IllegalArgumentException("not a domain: " + domain);
    }
  }

  /** The system's clock and zone, and unguessable ids. */
  public static Origin of(String domain) {
    return new Origin(Clock.system(ZoneId.systemDefault()), IdSource.random(), domain);
  }

  OffsetDateTime now() {
    return OffsetDateTime.now(clock).withNano(0);
  }

  /** A new message identifier without angle brackets. */
  public String messageId() {
    return ids.next() + "@" + domain;
  }
}
