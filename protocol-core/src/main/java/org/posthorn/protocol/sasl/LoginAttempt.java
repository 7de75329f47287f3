package org.posthorn.protocol.sasl;

import org.posthorn.protocol.ConnectionInfo;

/**
 * Who wants in, how and from where; no secret in it.
 *
 * @param protocol as {@link org.posthorn.protocol.EngineFactory#protocol()}
 * @param tls whether the connection is under TLS
 * @param mechanism SASL name, or LOGIN (IMAP command), USER (POP3)
 * @param authenticationId who claims to be there
 * @param authorizationId whom to act as; equals {@code authenticationId} when none was given
 */
public record LoginAttempt(
    ConnectionInfo connection,
    String protocol,
    boolean tls,
    String mechanism,
    String authenticationId,
    String authorizationId) {}
