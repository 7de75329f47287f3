package org.posthorn.delivery;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.ValidSince;

/** The header field of RFC 7293 section 3.2: {@code addr-spec; date-time}. */
final class ValidityField {
  private static final String NAME = "Require-Recipient-Valid-Since";
  private static final String PARAMETER = "RRVS";

  private ValidityField() {}

  /**
   * The recipient, with the parameter that a field about it comes to where it has none of its own
   * (section 5.2). Fields that cannot be read do not count.
   */
  static Recipient asked(MessageHeader header, Recipient recipient) {
    if (recipient.parameters().containsKey(PARAMETER)) {
      return recipient;
    }
    for (String field : header.all(NAME)) {
      int semicolon = field.lastIndexOf(';');
      OffsetDateTime since =
          semicolon < 0
              ? null
              : MailDate.parse(
                  Octets.of(field.substring(semicolon + 1).getBytes(StandardCharsets.UTF_8)));
      if (since != null && isAbout(field.substring(0, semicolon).strip(), recipient.address())) {
        Map<String, String> parameters = new HashMap<>(recipient.parameters());
        parameters.put(PARAMETER, new ValidSince(since.toInstant(), false).toString());
        return new Recipient(recipient.address(), parameters);
      }
    }
    return recipient;
  }

  private static boolean isAbout(String text, Address recipient) {
    try {
      Address named = Address.parse(text);
      return named.localPart().equalsIgnoreCase(recipient.localPart())
          && named.canonicalDomain().equals(recipient.canonicalDomain());
    } catch (SmtpSyntaxException e) {
      return false;
    }
  }
}
