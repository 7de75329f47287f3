package org.posthorn.relay;

import java.util.List;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;

/** The way to a destination. */
public sealed interface Route {
  /**
   * Servers to try in this order.
   *
   * @param hops at least one
   */
  record Servers(List<Hop> hops) implements Route {
    public Servers {
      hops = List.copyOf(hops);
    }
  }

  /** Mailboxes of this server. */
  record Here() implements Route {}

  /** There is none, for now or at all. */
  record None(Verdict verdict) implements Route {}

  /**
   * One server.
   *
   * @param host a name, or an address literal without brackets
   * @param proven whether nobody on the way can have given us another name: it is set up, or DNS
   *     tells it with a signature that was verified (RFC 8689 section 4.2.1)
   */
  record Hop(String host, int port, ClientSettings settings, boolean proven) {
    /** Of a name that somebody may have forged. */
    public Hop(String host, int port, ClientSettings settings) {
      this(host, port, settings, false);
    }
  }
}
