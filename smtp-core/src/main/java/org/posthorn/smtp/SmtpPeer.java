package org.posthorn.smtp;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.Identity;

/**
 * Whom we talk to.
 *
 * @param helo name given with HELO, EHLO or LHLO
 * @param user null without AUTH
 * @param with RFC 3848 transmission type: ESMTPSA and so on
 * @param name of the client's host, as far as somebody looked it up: XCLIENT told it; null
 *     otherwise
 */
public record SmtpPeer(
    SmtpRole role,
    ConnectionInfo connection,
    String helo,
    @Nullable Identity user,
    @Nullable TlsInfo tls,
    String with,
    @Nullable String name) {
  /** Of a client whose name nobody looked up. */
  public SmtpPeer(
      SmtpRole role,
      ConnectionInfo connection,
      String helo,
      @Nullable Identity user,
      @Nullable TlsInfo tls,
      String with) {
    this(role, connection, helo, user, tls, with, null);
  }
}
