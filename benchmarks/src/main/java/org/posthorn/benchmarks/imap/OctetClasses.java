package org.posthorn.benchmarks.imap;

/**
 * The least that a reader of commands must do: looks up the class of each octet once, and counts
 * where tokens begin.
 */
final class OctetClasses {
  private static final byte[] CLASSES = new byte[256];

  static {
    for (int octet = 0x21; octet < 0x7f; octet++) {
      CLASSES[octet] = (byte) ("(){%*\"\\[]:,".indexOf(octet) < 0 ? 1 : 0);
    }
  }

  private OctetClasses() {}

  static int tokens(byte[] octets) {
    int tokens = 0;
    int before = 0;
    for (byte octet : octets) {
      int kind = CLASSES[octet & 0xff];
      tokens += kind & ~before;
      before = kind;
    }
    return tokens;
  }
}
