package org.posthorn.smtp.extension;

import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpLimits;
import org.posthorn.smtp.SmtpSession;

/** RFC 9422. */
final class Limits implements SmtpExtension {
  /** Values have six digits at most (section 4). */
  private static final int MOST = 999_999;

  @Override
  public Optional<String> announcement(SmtpSession session) {
    SmtpLimits limits = session.limits();
    String shown =
        limit(" MAILMAX=", limits.transactions()) + limit(" RCPTMAX=", limits.recipients());
    return shown.isEmpty() ? Optional.empty() : Optional.of("LIMITS" + shown);
  }

  private static String limit(String name, int value) {
    return value > MOST ? "" : name + value;
  }
}
