package org.posthorn.delivery;

/**
 * What the Received field of a message tells about how it came.
 *
 * @param tls the cipher suite (RFC 8314 section 4.3) and the version of TLS
 * @param user who was logged in, for everybody who reads the message to see
 */
public record TracePolicy(boolean tls, boolean user) {
  /** TLS, and no user. */
  public static final TracePolicy STANDARD = new TracePolicy(true, false);
}
