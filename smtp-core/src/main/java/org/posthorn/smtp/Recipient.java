package org.posthorn.smtp;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One RCPT.
 *
 * @param parameters keyword in upper case to value, empty where the keyword stood alone
 */
public record Recipient(Address address, Map<String, String> parameters) {
  public Recipient {
    parameters = Map.copyOf(parameters);
  }

  public static Recipient of(Address address) {
    return new Recipient(address, Map.of());
  }

  /**
   * RFC 3461 section 4.1: when the sender wants to hear about this recipient; an empty set for
   * NEVER, empty where the client did not say.
   */
  public Optional<Set<NotifyOn>> notifyOn() {
    String value = parameters.get("NOTIFY");
    if (value == null) {
      return Optional.empty();
    }
    Set<NotifyOn> when = EnumSet.noneOf(NotifyOn.class);
    for (NotifyOn one : NotifyOn.values()) {
      if (value.contains(one.name())) {
        when.add(one);
      }
    }
    return Optional.of(when);
  }

  /** RFC 3461 section 4.2. */
  public Optional<OriginalRecipient> originalRecipient() {
    return Optional.ofNullable(parameters.get("ORCPT"))
        .map(value -> MailParameters.read(() -> OriginalRecipient.parse(value)));
  }

  /** RFC 7293. */
  public Optional<ValidSince> validSince() {
    return Optional.ofNullable(parameters.get("RRVS"))
        .map(value -> MailParameters.read(() -> ValidSince.parse(value)));
  }
}
