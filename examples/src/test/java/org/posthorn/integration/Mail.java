package org.posthorn.integration;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

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

  /** The octets without such fields of the header. */
  byte[] withoutReturnPath() {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n") + 2;
    String header = end < 2 ? text : text.substring(0, end);
    if (end == 0) {
      return octets;
    }
    String kept = header.replaceAll("(?im)^Return-Path[ \t]*:[^\r]*\r\n([ \t][^\r]*\r\n)*", "");
    return (kept + text.substring(header.length())).getBytes(StandardCharsets.ISO_8859_1);
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
