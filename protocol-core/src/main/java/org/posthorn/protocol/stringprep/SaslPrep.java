package org.posthorn.protocol.stringprep;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * SASLprep, RFC 4013: how names and passwords are prepared before they are compared. Thread-safe.
 */
public final class SaslPrep {
  private static final String UNASSIGNED = "A.1";
  private static final String TO_NOTHING = "B.1";
  private static final String TO_SPACE = "C.1.2";
  private static final String RIGHT_TO_LEFT = "D.1";
  private static final String LEFT_TO_RIGHT = "D.2";

  /** Section 2.3. */
  private static final class Holder {
    static final BitSet PROHIBITED = new BitSet();

    static {
      String[] tables = {
        "C.1.2", "C.2.1", "C.2.2", "C.3", "C.4", "C.5", "C.6", "C.7", "C.8", "C.9"
      };
      for (String table : tables) {
        PROHIBITED.or(Rfc3454Tables.table(table));
      }
    }
  }

  private SaslPrep() {}

  /**
   * Prepares what is to be kept, so without characters that had no meaning in Unicode 3.2.
   *
   * @return null when it has a prohibited character, mixes directions of writing (RFC 3454 section
   *     6), or has an unassigned character
   */
  public static @Nullable String stored(String text) {
    return prepare(text, false);
  }

  /** As {@link #stored}, for what a client says: unassigned characters may be there. */
  public static @Nullable String query(String text) {
    return prepare(text, true);
  }

  private static @Nullable String prepare(String text, boolean unassignedAllowed) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x7F) {
        return prepareUnicode(text, unassignedAllowed);
      }
      if (c < ' ') {
        return null;
      }
    }
    return text;
  }

  private static @Nullable String prepareUnicode(String text, boolean unassignedAllowed) {
    BitSet nothing = Rfc3454Tables.table(TO_NOTHING);
    BitSet space = Rfc3454Tables.table(TO_SPACE);
    StringBuilder mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (space.get(c)) {
        mapped.append(' ');
      } else if (!nothing.get(c)) {
        mapped.appendCodePoint(c);
      }
    }
    String normal = Normalization32.nfkc(mapped);
    return isProhibited(normal, unassignedAllowed) || isMixed(normal) ? null : normal;
  }

  private static boolean isProhibited(String text, boolean unassignedAllowed) {
    BitSet unassigned = Rfc3454Tables.table(UNASSIGNED);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Holder.PROHIBITED.get(c) || (!unassignedAllowed && unassigned.get(c))) {
        return true;
      }
    }
    return false;
  }

  /** RFC 3454 section 6, requirements 2 and 3. */
  private static boolean isMixed(String text) {
    BitSet rightToLeft = Rfc3454Tables.table(RIGHT_TO_LEFT);
    BitSet leftToRight = Rfc3454Tables.table(LEFT_TO_RIGHT);
    boolean right = false;
    boolean left = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      right |= rightToLeft.get(c);
      left |= leftToRight.get(c);
    }
    return right
        && (left
            || !rightToLeft.get(text.codePointAt(0))
            || !rightToLeft.get(text.codePointBefore(text.length())));
  }
}
