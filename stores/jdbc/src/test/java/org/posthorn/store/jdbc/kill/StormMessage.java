package org.posthorn.store.jdbc.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Messages whose octets follow from their tag, so that each can be checked to the last one. */
final class StormMessage {
  private static final int LARGE = 300_000;
  private static final int SMALL = 3_000;

  private StormMessage() {}

  /** {@code number} of a worker; every tenth is long enough to be staged. */
  static String tag(int worker, int generation, int number) {
    return "w" + worker + "-g" + generation + "-n" + number;
  }

  static byte[] octets(String tag) {
    byte[] head = ("Subject: " + tag + "\r\n\r\n").getBytes(US_ASCII);
    int size = head.length + (tag.endsWith("7") ? LARGE : SMALL);
    byte[] message = Arrays.copyOf(head, size);
    byte[] line = (tag + " ".repeat(60 - tag.length()) + "\r\n").getBytes(US_ASCII);
    for (int at = head.length; at < size; at += line.length) {
      System.arraycopy(line, 0, message, at, Math.min(line.length, size - at));
    }
    return message;
  }

  static String tagOf(byte[] message) {
    String start = new String(message, 0, Math.min(100, message.length), US_ASCII);
    return start.substring("Subject: ".length(), start.indexOf('\r'));
  }

  /** Whose it is. */
  static int worker(String tag) {
    return Integer.parseInt(tag.substring(1, tag.indexOf('-')));
  }
}
