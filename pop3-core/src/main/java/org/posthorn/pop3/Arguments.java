package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What stands behind the name of a command. Words are parted by one space (RFC 1939 section 3);
 * spaces at the end are passed over.
 */
public final class Arguments {
  private static final int MAX_DIGITS = 10;

  private final String text;
  private int at;

  private Arguments(String text) {
    this.text = text;
  }

  /** A line that is UTF-8 without control characters. */
  static Arguments parse(ByteBuffer line) throws SyntaxException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new SyntaxException("Control characters are not allowed");
      }
      return new Arguments(text);
    } catch (CharacterCodingException e) {
      throw new SyntaxException("Not UTF-8");
    }
  }

  static ByteBuffer ascii(String word) {
    return StandardCharsets.UTF_8.encode(word);
  }

  /** Whether nothing is left but spaces. */
  public boolean isEmpty() {
    for (int i = at; i < text.length(); i++) {
      if (text.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  /** The next word. */
  public String word(String what) throws SyntaxException {
    int end = text.indexOf(' ', at);
    String word = text.substring(at, end < 0 ? text.length() : end);
    if (word.isEmpty()) {
      throw new SyntaxException("Expected " + what);
    }
    at = end < 0 ? text.length() : end + 1;
    return word;
  }

  /** All that is left, spaces included. */
  public String rest(String what) throws SyntaxException {
    String rest = text.substring(at);
    if (rest.isEmpty()) {
      throw new SyntaxException("Expected " + what);
    }
    at = text.length();
    return rest;
  }

  /** The next word as a number; what is too big for an int is the biggest int. */
  public int number(String what) throws SyntaxException {
    String word = word(what);
    if (word.length() > MAX_DIGITS || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new SyntaxException("Expected " + what);
    }
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(word));
  }

  /** The next word as the number of a message that is there and not marked as deleted. */
  public int message(Maildrop maildrop) throws RefusedException {
    int number = number("a message number");
    if (number < 1 || number > maildrop.count()) {
      throw new RefusedException("No such message");
    }
    if (maildrop.isDeleted(number)) {
      throw new RefusedException("Message is marked as deleted");
    }
    return number;
  }

  /** There are no more words. */
  public void end() throws SyntaxException {
    if (!isEmpty()) {
      throw new SyntaxException("Too many arguments");
    }
  }
}
