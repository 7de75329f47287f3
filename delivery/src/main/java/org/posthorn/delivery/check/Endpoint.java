package org.posthorn.delivery.check;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;

/**
 * Where a daemon listens.
 *
 * @param text as it was configured
 * @param timeout for each step of a dialogue: connecting, an answer, room for more octets
 */
public record Endpoint(String text, Duration timeout) {
  private static final Duration USUAL = Duration.ofSeconds(60);

  public Endpoint {
    address(text);
  }

  /**
   * Reads {@code unix:/path}, {@code local:/path}, {@code inet:host:port} or {@code
   * inet:port@host}, with a timeout of a minute.
   *
   * @throws IllegalArgumentException where it is none of these
   */
  public static Endpoint of(String text) {
    return new Endpoint(text, USUAL);
  }

  /** The same with another timeout. */
  public Endpoint withTimeout(Duration longest) {
    return new Endpoint(text, longest);
  }

  /** To connect to; a name is looked up now. */
  SocketAddress address() {
    return address(text);
  }

  private static SocketAddress address(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    switch (kind) {
      case "unix", "local" -> {
        return UnixDomainSocketAddress.of(rest);
      }
      case "inet", "inet6" -> {
        int at = rest.indexOf('@');
        int last = rest.lastIndexOf(':');
        if (at < 0 && last < 0) {
          throw new IllegalArgumentException("host and port expected: " + text);
        }
        String host = at < 0 ? rest.substring(0, last) : rest.substring(at + 1);
        String port = at < 0 ? rest.substring(last + 1) : rest.substring(0, at);
        return new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), Integer.parseInt(port));
      }
      default -> throw new IllegalArgumentException("unix: or inet: expected: " + text);
    }
  }
}
