package org.posthorn.testkit.sasl;

import java.util.Map;
import org.posthorn.protocol.sasl.AnonymousMechanism;
import org.posthorn.protocol.sasl.CertificateNames;
import org.posthorn.protocol.sasl.CramMd5Mechanism;
import org.posthorn.protocol.sasl.ExternalMechanism;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.TokenMechanism;
import org.posthorn.protocol.sasl.TokenVerifier;

/** A policy with every mechanism that there is. */
public final class EveryMechanism {
  /** Whose mailboxes ANONYMOUS opens. */
  public static final String GUESTS = "guests";

  private EveryMechanism() {}

  /**
   * The policy. EXTERNAL takes the common name of a certificate.
   *
   * @param user whom {@code token} stands for
   */
  public static SaslPolicy policy(String user, String token) {
    TokenVerifier tokens =
        (attempt, sent) ->
            sent.revealText().equals(token)
                ? new TokenVerifier.Decision.Valid(user)
                : new TokenVerifier.Decision.Invalid(
                    "invalid_token", "another token", Map.of("scope", "mail"));
    return SaslPolicy.STANDARD.with(
        new CramMd5Mechanism(),
        TokenMechanism.oauthBearer(tokens),
        TokenMechanism.xoauth2(tokens),
        new ExternalMechanism(CertificateNames.commonName()),
        new AnonymousMechanism(GUESTS));
  }
}
