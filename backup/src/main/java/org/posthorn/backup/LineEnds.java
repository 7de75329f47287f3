package org.posthorn.backup;

import java.io.IOException;
import java.io.OutputStream;

/** The line ends of the network and those of files. */
final class LineEnds {
  private LineEnds() {}

  /** Passes on with CRLF made LF. */
  static final class ToLf extends OutputStream {
    private final OutputStream out;
    private boolean cr;

    ToLf(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      if (cr && octet != '\n') {
        out.write('\r');
      }
      cr = octet == '\r';
      if (!cr) {
        out.write(octet);
      }
    }

    /** The message ends; the next may begin. */
    void end() throws IOException {
      if (cr) {
        out.write('\r');
        cr = false;
      }
    }
  }
}
