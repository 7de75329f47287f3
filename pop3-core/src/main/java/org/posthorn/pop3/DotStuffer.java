package org.posthorn.pop3;

import java.util.Arrays;
import org.posthorn.protocol.ByteScan;

/**
 * Puts a dot before each line that begins with one (RFC 1939 section 3), slice by slice. Only CRLF
 * ends a line.
 */
final class DotStuffer {
  private static final byte[] CRLF = {'\r', '\n'};

  private byte[] out = new byte[0];
  private int length;
  private boolean lineStart = true;
  private boolean afterCr;

  /** Octets of {@link #octets()} that count, after {@link #take} or {@link #end}. */
  int length() {
    return length;
  }

  /** What the last slice became; overwritten by the next. */
  byte[] octets() {
    return out;
  }

  /** Takes a slice. */
  void take(byte[] in, int to) {
    length = 0;
    int copied = 0;
    if (to > 0 && lineStart && in[0] == '.') {
      put((byte) '.', to);
    }
    // There are fewer dots than line ends, and none at all in base64.
    for (int dot = ByteScan.indexOf(in, 1, to, (byte) '.');
        dot >= 0;
        dot = ByteScan.indexOf(in, dot + 1, to, (byte) '.')) {
      if (in[dot - 1] == '\n' && crBefore(in, dot - 1)) {
        put(in, copied, dot);
        put((byte) '.', to - dot);
        copied = dot;
      }
    }
    put(in, copied, to);
    if (to > 0) {
      lineStart = in[to - 1] == '\n' && crBefore(in, to - 1);
      afterCr = in[to - 1] == '\r';
    }
  }

  private boolean crBefore(byte[] in, int lf) {
    return lf == 0 ? afterCr : in[lf - 1] == '\r';
  }

  /** The message is over: completes its last line. */
  void end() {
    length = 0;
    if (!lineStart) {
      put(CRLF, 0, CRLF.length);
    }
  }

  private void put(byte octet, int more) {
    reserve(1 + more);
    out[length++] = octet;
  }

  private void put(byte[] in, int from, int to) {
    reserve(to - from);
    System.arraycopy(in, from, out, length, to - from);
    length += to - from;
  }

  private void reserve(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(length + more, out.length + out.length / 2));
    }
  }
}
