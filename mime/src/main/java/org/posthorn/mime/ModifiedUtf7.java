package org.posthorn.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    StringBuilder encoded = new StringBuilder(name.length());
    for (int at = 0; at < name.length(); ) {
      char c = name.charAt(at);
      if (isPlain(c)) {
        encoded.append(c == '&' ? "&-" : c);
        at++;
        continue;
      }
      int end = at;
      while (end < name.length() && !isPlain(name.charAt(end))) {
        end++;
      }
      appendShifted(name, at, end, encoded);
      at = end;
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }

  private static void appendShifted(String name, int from, int to, StringBuilder encoded) {
    byte[] octets = new byte[(to - from) * 2];
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              ? i + 1 < to && Character.isLowSurrogate(name.charAt(i + 1))
              : !Character.isLowSurrogate(c)
                  || (i > from && Character.isHighSurrogate(name.charAt(i - 1)));
      if (!paired) {
        throw new IllegalArgumentException("unpaired surrogate at " + i);
      }
      octets[(i - from) * 2] = (byte) (c >> 8);
      octets[(i - from) * 2 + 1] = (byte) c;
    }
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(octets);
    encoded.append('&').append(base64.replace('/', ',')).append('-');
  }

  /**
   * The name that is written so, or null if it is not exactly what {@link #encode} gives for some
   * name: octets outside printable ASCII, unended or needless shifts, superfluous bits, unpaired
   * surrogates.
   */
  public static @Nullable String decode(Octets encoded) {
    String source = encoded.asString(StandardCharsets.ISO_8859_1);
    if (isAllPlain(source)) {
      return source;
    }
    StringBuilder name = new StringBuilder(source.length());
    for (int at = 0; at < source.length(); ) {
      char c = source.charAt(at);
      if (!isPlain(c)) {
        return null;
      }
      if (c != '&') {
        name.append(c);
        at++;
        continue;
      }
      int end = source.indexOf('-', at);
      if (end < 0 || !appendUnshifted(source.substring(at + 1, end), name)) {
        return null;
      }
      at = end + 1;
    }
    return isCanonical(name.toString(), source) ? name.toString() : null;
  }

  /** Whether the name is written as it is. */
  private static boolean isAllPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isPlain(name.charAt(i)) || name.charAt(i) == '&') {
        return false;
      }
    }
    return true;
  }

  private static boolean appendUnshifted(String shifted, StringBuilder name) {
    if (shifted.isEmpty()) {
      name.append('&');
      return true;
    }
    if (shifted.indexOf('/') >= 0) {
      return false;
    }
    try {
      byte[] octets = Base64.getDecoder().decode(shifted.replace(',', '/'));
      for (int i = 0; i + 1 < octets.length; i += 2) {
        name.append((char) ((octets[i] & 0xff) << 8 | (octets[i + 1] & 0xff)));
      }
      return octets.length % 2 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isCanonical(String name, String source) {
    try {
      return encode(name).equals(source);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
