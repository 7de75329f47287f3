package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;

/** RFC 6531. */
final class SmtpUtf8 implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return Optional.of("SMTPUTF8");
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("SMTPUTF8", (session, value) -> Values.none("SMTPUTF8", value));
  }
}
