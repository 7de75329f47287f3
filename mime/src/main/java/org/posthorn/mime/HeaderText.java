package org.posthorn.mime;

/** Unstructured header text: unfolding (RFC 5322 section 2.2.3) and encoded-words (RFC 2047). */
public final class HeaderText {

  private HeaderText() {}

  /**
   * The value without its folding: line ends go, what else of CR, LF and NUL is in it goes too, and
   * white space around the whole is trimmed. Encoded-words stay as they are.
   */
  public static Octets unfold(Octets value) {
    byte[] array = value.array();
    int start = value.from();
    int end = value.to();
    while (start < end && isTrimmed(array[start])) {
      start++;
    }
    while (end > start && isTrimmed(array[end - 1])) {
      end--;
    }
    return withoutLineEnds(value.slice(start - value.from(), end - value.from()));
  }

  /** The value without CR, LF and NUL. */
  static Octets withoutLineEnds(Octets value) {
    byte[] array = value.array();
    if (isClean(array, value.from(), value.to())) {
      return value;
    }
    byte[] kept = new byte[value.length()];
    int length = 0;
    for (int i = value.from(); i < value.to(); i++) {
      if (!isForbidden(array[i])) {
        kept[length++] = array[i];
      }
    }
    return Octets.of(kept, 0, length);
  }

  /** Whether there is no CR, LF or NUL in the range. */
  static boolean isClean(byte[] array, int from, int to) {
    if (!OctetScan.hasControl(array, from, to)) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (isForbidden(array[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isForbidden(byte octet) {
    return octet == '\r' || octet == '\n' || octet == 0;
  }

  /** Whether the octet is left off at the ends of a value. */
  static boolean isTrimmed(byte octet) {
    return octet == ' ' || octet == '\t' || isForbidden(octet);
  }

  /**
   * The text of a field's value: unfolded, encoded-words decoded wherever they stand, other octets
   * above 127 read as UTF-8 if they are that, else as windows-1252. An encoded-word that cannot be
   * read stays as it is.
   */
  public static String decode(Octets value) {
    return EncodedWords.decode(unfold(value));
  }
}
