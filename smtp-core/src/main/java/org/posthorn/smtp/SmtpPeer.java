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
 */
public record SmtpPeer(
    SmtpRole role,
    ConnectionInfo connection,
    String helo,
    @Nullable Identity user,
    @Nullable TlsInfo tls,
    String with) {}
