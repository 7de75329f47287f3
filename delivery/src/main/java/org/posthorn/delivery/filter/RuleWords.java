package org.posthorn.delivery.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The words of a rule: bare, or between double quotes with {@code \} before what is meant. */
final class RuleWords {
  private final Deque<Word> words = new ArrayDeque<>();

  private record Word(String text, boolean quoted) {}

  RuleWords(String line) {
    for (int at = 0; at < line.length(); ) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == ',') {
        words.add(new Word(",", false));
        at++;
      } else if (c == '"') {
        at = quoted(line, at + 1);
      } else {
        at = bare(line, at);
      }
    }
  }

  private int quoted(String line, int from) {
    StringBuilder text = new StringBuilder();
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\' && at + 1 < line.length()) {
        at++;
      }
      text.append(line.charAt(at++));
    }
    if (at == line.length()) {
      throw new IllegalArgumentException("a quotation mark is missing");
    }
    words.add(new Word(text.toString(), true));
    return at + 1;
  }

  private int bare(String line, int from) {
    int at = from;
    while (at < line.length()
        && !Character.isWhitespace(line.charAt(at))
        && line.charAt(at) != ','
        && line.charAt(at) != '"') {
      at++;
    }
    words.add(new Word(line.substring(from, at), false));
    return at;
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** Takes the keyword if it is next; quoted words are none. */
  boolean take(String keyword) {
    Word next = words.peek();
    if (next == null || next.quoted() || !next.text().equalsIgnoreCase(keyword)) {
      return false;
    }
    words.remove();
    return true;
  }

  /** The next word, which must be there. */
  String next(String expected) {
    Word next = words.poll();
    if (next == null || (!next.quoted() && next.text().equals(","))) {
      throw new IllegalArgumentException(expected + " expected");
    }
    return next.text();
  }

  /** The next word as a keyword. */
  String keyword(String expected) {
    return next(expected).toLowerCase(Locale.ROOT);
  }

  /** Whether a word other than a comma comes next. */
  boolean more() {
    Word next = words.peek();
    return next != null && (next.quoted() || !next.text().equals(","));
  }
}
