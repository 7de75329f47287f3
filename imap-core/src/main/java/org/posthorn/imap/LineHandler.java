package org.posthorn.imap;

import org.posthorn.mime.Octets;

/** Takes one line that is not a command: a SASL response, the DONE of IDLE. */
@FunctionalInterface
public interface LineHandler {
  /** The line without its CRLF. */
  void line(Octets line);
}
