package org.posthorn.mime;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The date and time of RFC 5322 sections 3.3 and 4.3. */
public final class MailDate {

  private MailDate() {}

  /**
   * The date of a field's value in a current or obsolete form, or null if it cannot be read as one.
   */
  public static @Nullable OffsetDateTime parse(Octets value) {
    return null;
  }

  /** The date in the current form, {@code Fri, 21 Nov 1997 09:55:06 -0600}. */
  public static String format(OffsetDateTime date) {
    return "";
  }
}
