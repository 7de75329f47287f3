package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.RefusedException;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;

/** RFC 1870. */
final class Size implements SmtpExtension {
  /** Section 3 (4). */
  private static final int DIGITS = 20;

  /** What is surely less than we can count. */
  private static final int SMALL = 18;

  @Override
  public Optional<String> announcement(SmtpSession session) {
    return Optional.of("SIZE " + session.limits().messageOctets());
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("SIZE", Size::check);
  }

  private static String check(SmtpSession session, String value)
      throws SmtpSyntaxException, RefusedException {
    if (value.length() > DIGITS || !Values.digits(value)) {
      throw new SmtpSyntaxException("SIZE takes a number of octets");
    }
    if (value.length() > SMALL || Long.parseLong(value) > session.limits().messageOctets()) {
      throw new RefusedException(new Verdict(552, "5.3.4", "Message too big"));
    }
    return value;
  }
}
