package org.posthorn.mime;

/** Unstructured header text: unfolding (RFC 5322 section 2.2.3) and encoded-words (RFC 2047). */
public final class HeaderText {

  private HeaderText() {}

  /**
   * The value without its folding: line ends are removed and white space around the whole is
   * trimmed. Encoded-words stay as they are.
   */
  public static Octets unfold(Octets value) {
    return value;
  }

  /**
   * The text of a field's value: unfolded, encoded-words decoded wherever they stand, other octets
   * above 127 read as UTF-8 if they are that, else as windows-1252. An encoded-word that cannot be
   * read stays as it is.
   */
  public static String decode(Octets value) {
    return value.asUtf8();
  }
}
