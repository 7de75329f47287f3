package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.InputStream;

/** Looks for octets in a content while it is read. */
final class ContentSearch {

  private static final int BUFFER = 8192;

  private ContentSearch() {}

  static boolean contains(Content content, byte[] needle) throws IOException {
    int[] fallback = fallback(needle);
    byte[] buffer = new byte[BUFFER];
    int matched = 0;
    try (InputStream in = content.open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          while (matched > 0 && needle[matched] != buffer[i]) {
            matched = fallback[matched - 1];
          }
          matched += needle[matched] == buffer[i] ? 1 : 0;
          if (matched == needle.length) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** For every prefix the length of its longest proper suffix that is a prefix too. */
  private static int[] fallback(byte[] needle) {
    int[] fallback = new int[needle.length];
    int matched = 0;
    for (int i = 1; i < needle.length; i++) {
      while (matched > 0 && needle[matched] != needle[i]) {
        matched = fallback[matched - 1];
      }
      matched += needle[matched] == needle[i] ? 1 : 0;
      fallback[i] = matched;
    }
    return fallback;
  }
}
