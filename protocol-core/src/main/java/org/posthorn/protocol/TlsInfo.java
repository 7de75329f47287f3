package org.posthorn.protocol;

import java.security.cert.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake agreed upon.
 *
 * @param protocol such as TLSv1.3
 * @param sniHost the server name that the client asked for
 * @param peerCertificates verified chain of the client, empty without client authentication
 * @param serverCertificate for tls-server-end-point (RFC 5929)
 * @param exporter keying material (RFC 9266 tls-exporter), null where the TLS layer cannot give it
 */
// An array, so that the secret can be wiped; nobody compares handshakes.
@SuppressWarnings("ArrayRecordComponent")
public record TlsInfo(
    String protocol,
    String cipherSuite,
    @Nullable String sniHost,
    List<Certificate> peerCertificates,
    @Nullable Certificate serverCertificate,
    @Nullable Secret exporter) {
  public TlsInfo {
    peerCertificates = List.copyOf(peerCertificates);
  }
}
