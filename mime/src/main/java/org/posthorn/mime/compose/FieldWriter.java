package org.posthorn.mime.compose;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the value of one header field, folded (RFC 5322 section 2.2.3) where white space stands:
 * lines have at most 78 characters if there is any white space to fold at, and never more than 998.
 */
final class FieldWriter {

  static final int LINE = 78;

  /** The longest piece that is written in one line; RFC 5322 section 2.1.1 permits 998. */
  static final int MAX_PIECE = 900;

  private static final int MAX_SPACES = 60;

  private final boolean utf8;
  private final StringBuilder out = new StringBuilder();
  private int column;
  private boolean lineEmpty;

  FieldWriter(String name, boolean utf8) {
    this.utf8 = utf8;
    out.append(name).append(':');
    column = name.length() + 1;
  }

  /** Whether characters above ASCII may be written as they are. */
  boolean utf8() {
    return utf8;
  }

  /** The field with its last line end. */
  byte[] octets() {
    return (out + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a piece after a space, or on a new line. */
  void token(String piece) {
    spaced(" ", piece);
  }

  private void spaced(String spaces, String piece) {
    if (column + spaces.length() + piece.length() > LINE && !lineEmpty) {
      out.append("\r\n");
      column = 0;
    }
    out.append(spaces).append(piece);
    column += spaces.length() + piece.length();
    lineEmpty = false;
  }

  /** Writes a piece where no white space may stand. */
  void glue(String piece) {
    out.append(piece);
    column += piece.length();
  }

  /** Writes encoded-words. */
  void encoded(String text) {
    encoded(" ", text);
  }

  private void encoded(String spaces, String text) {
    List<String> words = EncodedWordWriter.words(text);
    spaced(spaces, words.get(0));
    for (int i = 1; i < words.size(); i++) {
      token(words.get(i));
    }
  }

  /** Writes unstructured text; what cannot stand for itself in encoded-words. */
  void text(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (isSpace(text.charAt(0)) || isSpace(text.charAt(text.length() - 1))) {
      encoded(text);
      return;
    }
    int at = 0;
    while (at < text.length()) {
      int word = skipSpaces(text, at);
      int end = wordEnd(text, word);
      String spaces = at == 0 ? " " : text.substring(at, word);
      if (!mustEncode(text, at, word, end)) {
        spaced(spaces, text.substring(word, end));
        at = end;
        continue;
      }
      // White space between encoded-words is none, so that of the text goes into them.
      while (end < text.length()) {
        int nextWord = skipSpaces(text, end);
        int nextEnd = wordEnd(text, nextWord);
        if (!mustEncode(text, end, nextWord, nextEnd)) {
          break;
        }
        end = nextEnd;
      }
      boolean many = spaces.length() > MAX_SPACES;
      encoded(many ? spaces.substring(0, 1) : spaces, text.substring(many ? at + 1 : word, end));
      at = end;
    }
  }

  private boolean mustEncode(String text, int spacesFrom, int word, int end) {
    return word - spacesFrom > MAX_SPACES || mustEncode(text.substring(word, end));
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean mustEncode(String word) {
    return word.length() > MAX_PIECE / 3 || word.contains("=?") || !isWritable(word);
  }

  /** Whether all characters may be written as they are. */
  boolean isWritable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127 || (c > 127 && !utf8) || isLone(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    return Character.isSurrogate(c)
        && Character.charCount(text.codePointAt(i)) == 1
        && !(i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c));
  }

  /** Writes a phrase (RFC 5322 section 3.2.5): atoms, a quoted string, or encoded-words. */
  void phrase(String text) {
    if (text.isEmpty()) {
      token("\"\"");
    } else if (text.contains("=?") || text.length() > MAX_PIECE || !isWritable(text)) {
      encoded(text);
    } else if (isAtoms(text)) {
      for (String atom : text.split(" ", -1)) {
        token(atom);
      }
    } else {
      String quoted = quoted(text);
      int space = quoted.indexOf(' ');
      if (quoted.length() < LINE / 2 || space < 0) {
        token(quoted);
        return;
      }
      // Within a quoted string white space may be folded as well.
      token(quoted.substring(0, space));
      while (space >= 0) {
        int next = quoted.indexOf(' ', space + 1);
        spaced(" ", quoted.substring(space + 1, next < 0 ? quoted.length() : next));
        space = next;
      }
    }
  }

  private static boolean isAtoms(String text) {
    boolean afterSpace = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' ? afterSpace : !isAtomCharacter(c)) {
        return false;
      }
      afterSpace = c == ' ';
    }
    return !afterSpace;
  }

  /** Atext of RFC 5322 section 3.2.3 and RFC 6532 section 3.2. */
  static boolean isAtomCharacter(char c) {
    return c > 127
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
