package org.posthorn.protocol.sasl;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.protocol.stringprep.SaslPrep;
import org.posthorn.store.StoreException;

/**
 * EXTERNAL, RFC 4422 appendix A: whoever the client's certificate names. Offered where the TLS
 * layer has verified a certificate that names somebody. No policy has it unless it is put there,
 * since whom the TLS layer trusts must be meant for this.
 */
public final class ExternalMechanism implements SaslMechanism {
  private static final String NAME = "EXTERNAL";

  private final CertificateNames names;

  public ExternalMechanism(CertificateNames names) {
    this.names = names;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }

  @Override
  public boolean available(SaslContext context) {
    return !users(context.tls()).isEmpty();
  }

  private List<String> users(@Nullable TlsInfo tls) {
    if (tls == null || tls.peerCertificates().isEmpty()) {
      return List.of();
    }
    Certificate shown = tls.peerCertificates().get(0);
    return shown instanceof X509Certificate x509 ? names.of(x509) : List.of();
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return response ->
        response == null ? new SaslStep.Challenge(new byte[0]) : answer(context, response);
  }

  /** The response is the authorization identity, empty for the certificate's own. */
  private SaslStep answer(SaslContext context, byte[] response) {
    @Nullable String text = SaslText.decode(response, 0, response.length);
    @Nullable String authzid =
        text == null || text.indexOf('\0') >= 0 ? null : SaslPrep.query(text);
    if (authzid == null) {
      return new SaslStep.Malformed("not an authorization identity");
    }
    List<String> users = users(context.tls());
    if (users.isEmpty()) {
      return new SaslStep.Denied(
          LoginDecision.Reason.CREDENTIALS, "no client certificate", authzid);
    }
    // A certificate may name several users: the one that is asked for, if it is among them.
    String user = users.contains(authzid) ? authzid : users.get(0);
    LoginAttempt attempt = context.attempt(NAME, user, authzid);
    return new SaslStep.Decide(
        new DecisionCall(
            context.authenticator().lane(), NAME, () -> decide(context.authenticator(), attempt)),
        attempt);
  }

  private static SaslStep decide(Authenticator authenticator, LoginAttempt attempt)
      throws StoreException {
    return PasswordCheck.step(authenticator.authorize(attempt), attempt);
  }
}
