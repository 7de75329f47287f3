package org.posthorn.imap.collation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.mime.CaseMap;

/**
 * A collation of RFC 4790 that has all three operations. Each is done by folding: two texts are
 * equal when they fold to the same, one is found in the other when its folded form is, and they are
 * ordered by the octets of their folded forms in UTF-8.
 */
public enum Collation {
  /** RFC 5051: by title case and compatibility decomposition. */
  UNICODE_CASEMAP("i;unicode-casemap") {
    @Override
    public char fold(char c) {
      return CaseMap.foldToOne(c);
    }

    @Override
    public String fold(int codePoint) {
      return CaseMap.foldToSeveral(codePoint);
    }

    @Override
    public String fold(String text) {
      return CaseMap.fold(text);
    }
  },
  /** RFC 4790 section 9.2: ASCII letters alone have two cases. */
  ASCII_CASEMAP("i;ascii-casemap") {
    @Override
    public char fold(char c) {
      return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
  },
  /** RFC 4790 section 9.3: as it is. */
  OCTET("i;octet") {
    @Override
    public char fold(char c) {
      return c;
    }
  };

  /** The one that is used where nobody chose (RFC 5255 section 4.4). */
  public static final Collation DEFAULT = UNICODE_CASEMAP;

  /** All of them, the default first. */
  public static final List<Collation> ALL = List.of(values());

  private final String id;

  Collation(String id) {
    this.id = id;
  }

  /** Its name in IANA's registry. */
  public String id() {
    return id;
  }

  /** Whether a result of {@link #fold(char)} says that {@link #fold(int)} is to be asked. */
  public static boolean isSeveral(char folded) {
    return CaseMap.isSeveral(folded);
  }

  /** What a character that is no surrogate folds to, if it is one character. */
  public abstract char fold(char c);

  /** What any code point folds to. */
  public String fold(int codePoint) {
    return Character.toString(codePoint);
  }

  /** The whole text folded. */
  public String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(folded[i]);
    }
    return new String(folded);
  }

  /** What a text is ordered by: compare as unsigned octets. */
  public byte[] key(String text) {
    return fold(text).getBytes(StandardCharsets.UTF_8);
  }
}
