package org.posthorn.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.IpLiteral;

/**
 * The header that a proxy puts before a connection's first octet, to tell who is behind it
 * (HAProxy, "The PROXY protocol", versions 1 and 2).
 *
 * @param peer null where the proxy speaks for itself (LOCAL, UNKNOWN): the addresses of the
 *     connection stand
 */
record ProxyHeader(@Nullable InetSocketAddress peer, @Nullable InetSocketAddress local) {
  /** Section 2.1: the longest line of version 1 with its CRLF. */
  static final int MAX_V1 = 107;

  /**
   * Section 2.2 lets version 2 be as long as 64 KiB; addresses and the usual TLVs need far less.
   */
  static final int MAX_V2 = 4096;

  private static final byte[] V2_SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final byte[] V1_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final int V2_FIXED = 16;
  private static final ProxyHeader OWN = new ProxyHeader(null, null);

  /** Not a PROXY header. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message);
    }
  }

  /**
   * Reads a header off the beginning of {@code in}.
   *
   * @return null, and nothing consumed, while more octets are needed
   */
  static @Nullable ProxyHeader read(ByteBuffer in) throws SyntaxException {
    if (begins(in, V2_SIGNATURE)) {
      return in.remaining() < V2_FIXED ? null : version2(in);
    }
    if (begins(in, V1_SIGNATURE)) {
      return version1(in);
    }
    throw new SyntaxException("no PROXY header");
  }

  /** As far as there are octets. */
  private static boolean begins(ByteBuffer in, byte[] signature) {
    int n = Math.min(in.remaining(), signature.length);
    for (int i = 0; i < n; i++) {
      if (in.get(in.position() + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable ProxyHeader version1(ByteBuffer in) throws SyntaxException {
    int start = in.position();
    int end = Math.min(in.limit(), start + MAX_V1);
    for (int i = start; i + 1 < end; i++) {
      if (in.get(i) == '\r' && in.get(i + 1) == '\n') {
        byte[] line = new byte[i - start];
        in.get(line);
        in.position(i + 2);
        return line(new String(line, StandardCharsets.US_ASCII));
      }
    }
    if (in.remaining() >= MAX_V1) {
      throw new SyntaxException("PROXY line too long");
    }
    return null;
  }

  private static ProxyHeader line(String line) throws SyntaxException {
    String[] words = line.split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return OWN;
    }
    if (words.length != 6 || !(words[1].equals("TCP4") || words[1].equals("TCP6"))) {
      throw new SyntaxException("PROXY line with other than two addresses and two ports");
    }
    boolean v6 = words[1].equals("TCP6");
    return new ProxyHeader(
        new InetSocketAddress(address(words[2], v6), port(words[4])),
        new InetSocketAddress(address(words[3], v6), port(words[5])));
  }

  private static InetAddress address(String word, boolean v6) throws SyntaxException {
    if (v6 != word.indexOf(':') >= 0) {
      throw new SyntaxException("PROXY line with an address of another family");
    }
    try {
      return IpLiteral.parse(word);
    } catch (IllegalArgumentException e) {
      throw new SyntaxException("PROXY line without an address");
    }
  }

  private static int port(String word) throws SyntaxException {
    if (!word.matches("[0-9]{1,5}") || Integer.parseInt(word) > 65_535) {
      throw new SyntaxException("PROXY line without a port");
    }
    return Integer.parseInt(word);
  }

  private static @Nullable ProxyHeader version2(ByteBuffer in) throws SyntaxException {
    int start = in.position();
    int version = (in.get(start + 12) & 0xF0) >> 4;
    int command = in.get(start + 12) & 0x0F;
    int family = (in.get(start + 13) & 0xF0) >> 4;
    int length = in.getShort(start + 14) & 0xFFFF;
    if (version != 2 || command > 1 || V2_FIXED + length > MAX_V2) {
      throw new SyntaxException("PROXY header of an unknown kind");
    }
    if (in.remaining() < V2_FIXED + length) {
      return null;
    }
    in.position(start + V2_FIXED + length);
    int addressLength = family == 1 ? 4 : family == 2 ? 16 : 0;
    if (command == 0 || addressLength == 0) {
      return OWN;
    }
    if (length < 2 * addressLength + 4) {
      throw new SyntaxException("PROXY header too short for its addresses");
    }
    int at = start + V2_FIXED;
    return new ProxyHeader(
        socketAddress(in, at, addressLength, at + 2 * addressLength),
        socketAddress(in, at + addressLength, addressLength, at + 2 * addressLength + 2));
  }

  private static InetSocketAddress socketAddress(ByteBuffer in, int at, int length, int portAt)
      throws SyntaxException {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = in.get(at + i);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), in.getShort(portAt) & 0xFFFF);
    } catch (UnknownHostException e) {
      throw new SyntaxException("PROXY header without an address");
    }
  }
}
