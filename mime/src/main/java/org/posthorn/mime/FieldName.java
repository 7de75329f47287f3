package org.posthorn.mime;

/** The names of header fields (RFC 5322 section 2.2). */
final class FieldName {

  /** What may stand in one: all but controls, space, colon and octets above 126. */
  private static final boolean[] NAME = new boolean[256];

  static {
    for (int octet = 33; octet < 127; octet++) {
      NAME[octet] = octet != ':';
    }
  }

  private FieldName() {}

  /** Where the name ends that begins there. */
  static int end(byte[] array, int from, int to) {
    int at = from;
    while (at < to && NAME[array[at] & 0xff]) {
      at++;
    }
    return at;
  }
}
