package org.posthorn.mime.message;

import java.io.IOException;
import java.io.Reader;

/** Reading a text up to a limit. */
final class Readers {

  private static final int STEP = 4096;

  private Readers() {}

  /** The first characters; the reader is closed. */
  static String upTo(Reader reader, int maxChars) throws IOException {
    try (reader) {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[Math.min(STEP, Math.max(1, maxChars))];
      while (text.length() < maxChars) {
        int count = reader.read(buffer, 0, Math.min(buffer.length, maxChars - text.length()));
        if (count < 0) {
          break;
        }
        text.append(buffer, 0, count);
      }
      return text.toString();
    }
  }
}
