package org.posthorn.mime.message;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Address;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.MessageIds;
import org.posthorn.mime.Octets;
import org.posthorn.mime.ParameterizedValue;

/**
 * A header field, and what its value is when it is read as this or that. Nothing is decoded before
 * it is asked for; what is no such value is read as far as it goes.
 *
 * @param name as written
 * @param raw what follows the colon with its line ends, octet for octet
 */
public record HeaderField(Octets name, Octets raw) {

  /** The value on one line, encoded-words as they are. */
  public Octets unfolded() {
    return HeaderText.unfold(raw);
  }

  /** The value on one line with encoded-words decoded (RFC 2047). */
  public String text() {
    return HeaderText.decode(raw);
  }

  /** The value as addresses with groups; empty if there are none. */
  public List<Address> addresses() {
    return Address.parse(raw);
  }

  /** The value as a date, or null. */
  public @Nullable OffsetDateTime date() {
    return MailDate.parse(raw);
  }

  /** The value as message identifiers without their angle brackets; empty if there are none. */
  public List<Octets> messageIds() {
    return MessageIds.parse(raw);
  }

  /** The value as something with parameters. */
  public ParameterizedValue parameterized() {
    return ParameterizedValue.parse(raw);
  }
}
