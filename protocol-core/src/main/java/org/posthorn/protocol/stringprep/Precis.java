package org.posthorn.protocol.stringprep;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of RFC 8265 for user names and passwords. Both give null for what they do not allow.
 * Thread-safe.
 */
public final class Precis {
  private Precis() {}

  /**
   * UsernameCaseMapped, RFC 8265 section 3.3: lower case, one width, normalised. A name may have
   * several parts with spaces between them (section 3.1).
   */
  public static @Nullable String usernameCaseMapped(String name) {
    if (isPlain(name)) {
      return name;
    }
    String mapped = mapName(name);
    return mapped.equals(mapName(mapped)) && isUsername(mapped) ? mapped : null;
  }

  /**
   * OpaqueString, RFC 8265 section 4.2: passwords. Nearly all characters but control characters;
   * every space becomes U+0020.
   */
  public static @Nullable String opaqueString(String password) {
    StringBuilder mapped = new StringBuilder(password.length());
    for (int i = 0; i < password.length(); ) {
      int c = password.codePointAt(i);
      i += Character.charCount(c);
      mapped.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c);
    }
    String normal = Normalizer.normalize(mapped, Normalizer.Form.NFC);
    return !normal.isEmpty() && consistsOf(normal, true) ? normal : null;
  }

  /** Lower-case ASCII, what nearly every name is. */
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7F || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Section 3.3.2: width, case, normal form. */
  private static String mapName(String name) {
    StringBuilder narrow = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      i += Character.charCount(c);
      narrow.append(width(c));
    }
    return Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** The other width of a fullwidth or halfwidth character. */
  private static String width(int c) {
    String one = Character.toString(c);
    if (c < 0xFF01 || c > 0xFFEE) {
      return one;
    }
    String other = Normalizer.normalize(one, Normalizer.Form.NFKC);
    return other.codePointCount(0, other.length()) == 1 ? other : one;
  }

  private static boolean isUsername(String name) {
    if (name.isEmpty() || name.startsWith(" ") || name.endsWith(" ")) {
      return false;
    }
    for (String part : name.split(" +", -1)) {
      if (!consistsOf(part, false) || !BidiRule.holds(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean consistsOf(String text, boolean free) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean allowed =
          switch (PrecisClass.of(c)) {
            case PVALID -> true;
            case FREE -> free;
            case CONTEXTJ, CONTEXTO -> PrecisContext.allows(text, i);
            case DISALLOWED, UNASSIGNED -> false;
          };
      if (!allowed) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }
}
