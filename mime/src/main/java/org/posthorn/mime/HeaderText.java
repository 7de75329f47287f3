package org.posthorn.mime;

/** Unstructured header text: unfolding (RFC 5322 section 2.2.3) and encoded-words (RFC 2047). */
public final class HeaderText {

  private HeaderText() {}

  /**
   * The value without its folding: line ends go, what else of CR, LF and NUL is in it goes too, and
   * white space around the whole is trimmed. Encoded-words stay as they are.
   */
  public static Octets unfold(Octets value) {
    Octets text = withoutLineEnds(value);
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.at(start))) {
      start++;
    }
    while (end > start && isSpace(text.at(end - 1))) {
      end--;
    }
    return text.slice(start, end);
  }

  /** The value without CR, LF and NUL. */
  static Octets withoutLineEnds(Octets value) {
    byte[] array = value.array();
    int i = value.from();
    while (i < value.to() && !isForbidden(array[i])) {
      i++;
    }
    if (i == value.to()) {
      return value;
    }
    byte[] kept = new byte[value.length()];
    int length = i - value.from();
    System.arraycopy(array, value.from(), kept, 0, length);
    for (; i < value.to(); i++) {
      if (!isForbidden(array[i])) {
        kept[length++] = array[i];
      }
    }
    return Octets.of(kept, 0, length);
  }

  private static boolean isForbidden(byte octet) {
    return octet == '\r' || octet == '\n' || octet == 0;
  }

  private static boolean isSpace(int octet) {
    return octet == ' ' || octet == '\t';
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
