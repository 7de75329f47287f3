package org.posthorn.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  /** RFC 6152, RFC 3030. */
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

  /**
   * RFC 4954 section 5: who submitted it first; empty where unknown, or where the client is not to
   * be believed.
   */
  public Optional<Address> auth() {
    String value = values.getOrDefault("AUTH", "<>");
    return value.equals("<>") ? Optional.empty() : Optional.of(read(() -> authenticated(value)));
  }

  private static Address authenticated(String xtext) throws SmtpSyntaxException {
    return Address.parse(Xtext.decode(xtext));
  }

  /** RFC 3461 section 4.3. */
  public Optional<DsnReturn> dsnReturn() {
    return Optional.ofNullable(values.get("RET"))
        .map(value -> value.equals("FULL") ? DsnReturn.FULL : DsnReturn.HEADERS);
  }

  /** RFC 3461 section 4.4: what the sender calls this message, decoded. */
  public Optional<String> envelopeId() {
    return Optional.ofNullable(values.get("ENVID")).map(xtext -> read(() -> Xtext.decode(xtext)));
  }

  /** RFC 2852. */
  public Optional<DeliverBy> deliverBy() {
    return Optional.ofNullable(values.get("BY")).map(value -> read(() -> DeliverBy.parse(value)));
  }

  /**
   * RFC 4865: until when the message is to be held.
   *
   * @param received when MAIL was said
   */
  public Optional<Instant> release(Instant received) {
    String seconds = values.get("HOLDFOR");
    if (seconds != null) {
      return Optional.of(received.plusSeconds(Long.parseLong(seconds)));
    }
    return Optional.ofNullable(values.get("HOLDUNTIL")).map(Instant::parse);
  }

  /** RFC 6710: -9 to 9. */
  public OptionalInt priority() {
    String priority = values.get("MT-PRIORITY");
    return priority == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(priority));
  }

  /** RFC 8689. */
  public boolean requireTls() {
    return values.containsKey("REQUIRETLS");
  }

  /** RFC 3865: what kinds of solicitation the message is. */
  public List<String> solicitation() {
    String keywords = values.getOrDefault("SOLICIT", "");
    return keywords.isEmpty() ? List.of() : List.of(keywords.split(",", -1));
  }

  /** These and another one, or another value of one. */
  public MailParameters with(String keyword, String value) {
    Map<String, String> more = new java.util.HashMap<>(values);
    more.put(keyword, value);
    return new MailParameters(more);
  }

  @FunctionalInterface
  interface Reading<T> {
    T read() throws SmtpSyntaxException;
  }

  /** Values were read once when they came. */
  static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SmtpSyntaxException e) {
      throw new IllegalStateException("a parameter that was not checked", e);
    }
  }
}
