package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.InputStream;

/**
 * What octets need so that they may be sent: found in one pass, or not at all if a content is to be
 * encoded anyway.
 */
final class ContentScan {

  private static final int BUFFER = 8192;
  private static final int MAX_LINE = 998;

  private long total;

  /** Octets that quoted-printable writes with three characters. */
  private long quoted;

  private long highOctets;
  private boolean strange;
  private boolean bareEnds;
  private int line;
  private int previous;

  private ContentScan() {}

  static ContentScan of(InputStream content) throws IOException {
    ContentScan scan = new ContentScan();
    byte[] buffer = new byte[BUFFER];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      for (int i = 0; i < n; i++) {
        scan.octet(buffer[i]);
      }
    }
    scan.bareEnds |= scan.previous == '\r';
    return scan;
  }

  private void octet(byte octet) {
    total++;
    line++;
    if (octet < 0) {
      bareEnds |= previous == '\r';
      strange |= line > MAX_LINE + 1;
      highOctets++;
      quoted++;
    } else if (octet == '\n') {
      bareEnds |= previous != '\r';
      strange |= line > MAX_LINE + 2;
      line = 0;
    } else {
      if (previous == '\r') {
        bareEnds = true;
      }
      strange |= octet == 0 || line > MAX_LINE + 1;
      quoted +=
          octet == '=' || octet == 127 || (octet < ' ' && octet != '\t' && octet != '\r') ? 1 : 0;
    }
    previous = octet;
  }

  /** Whether the octets may stand as they are in the form. */
  boolean isPermitted(OutputForm form) {
    return !strange && !bareEnds && (highOctets == 0 || form.permitsEightBit());
  }

  boolean isEightBit() {
    return highOctets > 0;
  }

  /** Whether line ends must be encoded, because not all of them are CRLF. */
  boolean hasBareLineEnds() {
    return bareEnds;
  }

  /** Whether quoted-printable makes them shorter than base64 does. */
  boolean suitsQuotedPrintable() {
    return quoted * 3 + (total - quoted) <= total * 4 / 3 + 16;
  }
}
