package org.posthorn.mime.compose;

/** What the way to the receiver permits in a message. */
public enum OutputForm {
  /**
   * ASCII only: contents above it are encoded, header fields too; what has no form in ASCII is
   * downgraded as RFC 6857 says.
   */
  SEVEN_BIT,
  /** 8BITMIME (RFC 6152): contents may have octets above 127, header fields may not. */
  EIGHT_BIT,
  /** SMTPUTF8 (RFC 6531): header fields are in UTF-8 too (RFC 6532). */
  UTF8;

  boolean permitsEightBit() {
    return this != SEVEN_BIT;
  }

  boolean permitsUtf8() {
    return this == UTF8;
  }
}
