package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.TlsInfo;

/**
 * What an exchange may know.
 *
 * @param tls null without TLS
 * @param hostname this server's name
 * @param bindingOffered whether a mechanism with channel binding is announced on this connection: a
 *     client that says it was not has been deceived
 * @param entropy 32 strong random octets, for this exchange alone
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record SaslContext(
    Authenticator authenticator,
    ConnectionInfo connection,
    String protocol,
    @Nullable TlsInfo tls,
    String hostname,
    boolean bindingOffered,
    byte[] entropy) {
  public LoginAttempt attempt(String mechanism, String authenticationId, String authorizationId) {
    return new LoginAttempt(
        connection,
        protocol,
        tls != null,
        mechanism,
        authenticationId,
        authorizationId.isEmpty() ? authenticationId : authorizationId);
  }
}
