package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.ValidSince;
import org.posthorn.smtp.facet.RecipientValidity;

/** RFC 7293. */
final class Rrvs implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return session.facet(RecipientValidity.class).map(yes -> "RRVS");
  }

  @Override
  public Map<String, ParameterCheck> recipientParameters() {
    return Map.of("RRVS", (session, value) -> ValidSince.parse(value).toString());
  }
}
