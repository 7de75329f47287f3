package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.facet.TlsPromise;

/** RFC 8689. */
final class RequireTls implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return session.tls() == null
        ? Optional.empty()
        : session.facet(TlsPromise.class).map(yes -> "REQUIRETLS");
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("REQUIRETLS", (session, value) -> Values.none("REQUIRETLS", value));
  }
}
