package org.posthorn.smtp.facet;

import java.util.Optional;
import org.posthorn.smtp.SmtpPeer;

/** RFC 6710: the handler treats mail by its priority, and keeps it when it passes mail on. */
public interface Priorities {
  /** The name of the priority assignment policy, to be told to clients; empty to keep it secret. */
  default Optional<String> policy() {
    return Optional.empty();
  }

  /**
   * The highest priority that this client may ask for; whatever is above is lowered to it and the
   * client told so. Runs on the connection's thread and must not block.
   *
   * @return -9 to 9
   */
  default int highest(SmtpPeer peer) {
    return peer.user() == null ? 0 : 9;
  }
}
