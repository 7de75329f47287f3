package org.posthorn.smtp;

/** BODY parameter of MAIL: RFC 6152, RFC 3030. */
public enum BodyKind {
  SEVEN_BIT,
  EIGHT_BIT_MIME,
  BINARY_MIME
}
