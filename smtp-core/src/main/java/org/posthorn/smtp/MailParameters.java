package org.posthorn.smtp;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parameters of MAIL, checked by the extensions that own them.
 *
 * @param values keyword in upper case to value, empty where the keyword stood alone
 */
public record MailParameters(Map<String, String> values) {
  public static final MailParameters NONE = new MailParameters(Map.of());

  public MailParameters {
    values = Map.copyOf(values);
  }

  /** RFC 1870: octets that the client thinks the message has. */
  public OptionalLong size() {
    String size = values.get("SIZE");
    return size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size));
  }

  /** RFC 6152. */
  public BodyKind body() {
    return switch (values.getOrDefault("BODY", "7BIT")) {
      case "8BITMIME" -> BodyKind.EIGHT_BIT_MIME;
      case "BINARYMIME" -> BodyKind.BINARY_MIME;
      default -> BodyKind.SEVEN_BIT;
    };
  }

  /** RFC 6531. */
  public boolean smtpUtf8() {
    return values.containsKey("SMTPUTF8");
  }

  /** RFC 4954 section 5: who submitted it first, as xtext; empty where unknown. */
  public Optional<String> auth() {
    return Optional.ofNullable(values.get("AUTH")).filter(v -> !v.equals("<>"));
  }
}
