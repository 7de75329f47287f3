package org.posthorn.mime;

import org.jspecify.annotations.Nullable;

/** Modified UTF-7, in which IMAP4rev1 writes mailbox names (RFC 3501 section 5.1.3). */
public final class ModifiedUtf7 {

  private ModifiedUtf7() {}

  /**
   * The name in modified UTF-7, which is printable ASCII.
   *
   * @throws IllegalArgumentException if the name has an unpaired surrogate
   */
  public static String encode(String name) {
    return name;
  }

  /**
   * The name that is written so, or null if it is not exactly what {@link #encode} gives for some
   * name: octets outside printable ASCII, unended or needless shifts, superfluous bits, unpaired
   * surrogates.
   */
  public static @Nullable String decode(Octets encoded) {
    return encoded.asAscii();
  }
}
