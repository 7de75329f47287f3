package org.posthorn.smtp;

/** How much of a message a notification of failure gives back (RFC 3461 section 4.3). */
public enum DsnReturn {
  FULL,
  HEADERS
}
