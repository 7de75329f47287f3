package org.posthorn.mime.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes text as encoded-words (RFC 2047) in UTF-8, none longer than 75 characters, none cut within
 * a character; Q or B, whichever is shorter.
 */
final class EncodedWordWriter {

  private static final int PAYLOAD = 75 - "=?utf-8?Q??=".length();
  private static final int BASE64_OCTETS = PAYLOAD / 4 * 3;
  private static final String HEX = "0123456789ABCDEF";

  private EncodedWordWriter() {}

  /** The words, to be written with white space between them. */
  static List<String> words(String text) {
    int octets = 0;
    int q = 0;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      octets++;
      q += isPlain(octet) || octet == ' ' ? 1 : 3;
    }
    return q <= (octets + 2) / 3 * 4 ? q(text) : b(text);
  }

  /** What may stand for itself everywhere, in a phrase too (RFC 2047 section 5 (3)). */
  private static boolean isPlain(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || octet == '!'
        || octet == '*'
        || octet == '+'
        || octet == '-'
        || octet == '/';
  }

  private static List<String> q(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder payload = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int next = text.offsetByCodePoints(i, 1);
      String character = qCharacter(text.substring(i, next));
      if (payload.length() + character.length() > PAYLOAD) {
        words.add("=?utf-8?Q?" + payload + "?=");
        payload.setLength(0);
      }
      payload.append(character);
      i = next;
    }
    words.add("=?utf-8?Q?" + payload + "?=");
    return words;
  }

  private static String qCharacter(String character) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
      if (octet == ' ') {
        encoded.append('_');
      } else if (isPlain(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('=').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
      }
    }
    return encoded.toString();
  }

  private static List<String> b(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      int next = text.offsetByCodePoints(i, 1);
      int size = text.substring(i, next).getBytes(StandardCharsets.UTF_8).length;
      if (octets + size > BASE64_OCTETS) {
        words.add(bWord(text.substring(start, i)));
        start = i;
        octets = 0;
      }
      octets += size;
      i = next;
    }
    words.add(bWord(text.substring(start)));
    return words;
  }

  private static String bWord(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
  }
}
