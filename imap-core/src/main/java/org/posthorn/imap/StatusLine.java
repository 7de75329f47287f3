package org.posthorn.imap;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;

/** RFC 9051: resp-cond-state, resp-cond-bye. */
final class StatusLine {
  private StatusLine() {}

  /**
   * Ends a response.
   *
   * @param out behind the tag or the asterisk
   */
  static void write(ResponseEncoder out, Status status, @Nullable ResponseCode code, String text) {
    code(out.words(status.name()).sp(), code).text(text).crlf();
  }

  /** A whole BYE. */
  static void bye(ResponseEncoder out, @Nullable ResponseCode code, String text) {
    code(out.untagged().words("BYE "), code).text(text).crlf();
  }

  private static ResponseEncoder code(ResponseEncoder out, @Nullable ResponseCode code) {
    if (code != null) {
      code.encode(out.openBracket());
      out.closeBracket().sp();
    }
    return out;
  }
}
