package org.posthorn.integration;

import java.io.ByteArrayOutputStream;

/** A message for a round trip: its line ends are CRLF, and it ends with one. */
final class Mail {
  private final String name;
  private final byte[] octets;

  private Mail(String name, byte[] octets) {
    this.name = name;
    this.octets = octets;
  }

  /** Makes line ends CRLF and adds one at the end where it is missing; all else stays. */
  static Mail of(String name, byte[] raw) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(raw.length + raw.length / 16 + 2);
    int last = -1;
    int beforeLast = -1;
    for (byte octet : raw) {
      if (octet == '\n' && last != '\r') {
        octets.write('\r');
        last = '\r';
      }
      octets.write(octet);
      beforeLast = last;
      last = octet;
    }
    if (last != '\n' || beforeLast != '\r') {
      octets.write('\r');
      octets.write('\n');
    }
    return new Mail(name, octets.toByteArray());
  }

  /** Not a copy. */
  byte[] octets() {
    return octets;
  }

  boolean hasNul() {
    for (byte octet : octets) {
      if (octet == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name + " (" + octets.length + " octets)";
  }
}
