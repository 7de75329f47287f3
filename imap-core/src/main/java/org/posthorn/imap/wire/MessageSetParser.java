package org.posthorn.imap.wire;

import java.util.Arrays;

/** RFC 9051: sequence-set = (seq-number / seq-range) ["," sequence-set] / seq-last-command. */
final class MessageSetParser {
  private MessageSetParser() {}

  static MessageSet parse(CommandReader in) throws SyntaxException {
    if (in.accept('$')) {
      return new MessageSet(new long[0], true);
    }
    long[] bounds = new long[2 * (in.commasInWord() + 1)];
    int length = 0;
    do {
      long first = number(in);
      long last = in.accept(':') ? number(in) : first;
      bounds[length++] = first;
      bounds[length++] = last;
    } while (in.accept(','));
    return new MessageSet(length == bounds.length ? bounds : Arrays.copyOf(bounds, length), false);
  }

  private static long number(CommandReader in) throws SyntaxException {
    return in.accept('*') ? MessageSet.STAR : in.expectNzNumber();
  }
}
