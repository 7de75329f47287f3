package org.posthorn.server;

import java.net.InetAddress;
import org.posthorn.protocol.IpLiteral;

/**
 * A range of addresses such as 10.0.0.0/8, ::1/128 or a single address.
 *
 * @param base any address in the range
 * @param prefix bits that count
 */
public record Network(InetAddress base, int prefix) {
  public Network {
    if (prefix < 0 || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException("prefix length out of range");
    }
  }

  /**
   * Reads the textual form.
   *
   * @throws IllegalArgumentException unless it is an address literal with or without a prefix
   *     length; names are not looked up
   */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress base = IpLiteral.parse(address);
    int prefix =
        slash < 0 ? base.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
    return new Network(base, prefix);
  }

  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < prefix; i += 8) {
      int mask = prefix - i >= 8 ? 0xFF : 0xFF << (8 - (prefix - i));
      if (((mine[i / 8] ^ theirs[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
