package org.posthorn.smtp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service extension (RFC 5321 section 2.2): its EHLO keyword, parameters and commands. What is
 * not announced is not accepted either. Stateless, thread-safe.
 */
public interface SmtpExtension {
  /**
   * The EHLO line, keyword first; empty while the extension is not to be had in the state that the
   * session is in.
   */
  Optional<String> announcement(SmtpSession session);

  default List<SmtpCommand> commands() {
    return List.of();
  }

  /** Parameters of MAIL: keyword in upper case, and what checks the value. */
  default Map<String, ParameterCheck> mailParameters() {
    return Map.of();
  }

  /** Parameters of RCPT. */
  default Map<String, ParameterCheck> recipientParameters() {
    return Map.of();
  }

  /**
   * Looks at all parameters of a MAIL together, of other extensions too, and may change those of
   * its own. Asked where there are any.
   *
   * @return what a positive answer says instead of the handler's words; empty to leave those
   * @throws SmtpSyntaxException answered with 501 5.5.4
   * @throws RefusedException answered as it says
   */
  default Optional<Verdict> checkMail(SmtpSession session, Map<String, String> values)
      throws SmtpSyntaxException, RefusedException {
    return Optional.empty();
  }

  /** Checks one esmtp-value. */
  @FunctionalInterface
  interface ParameterCheck {
    /**
     * Checks a value.
     *
     * @param value empty where the keyword stood alone
     * @return the value to keep, in canonical form
     * @throws SmtpSyntaxException answered with 501 5.5.4
     * @throws RefusedException answered as it says
     */
    String check(SmtpSession session, String value) throws SmtpSyntaxException, RefusedException;
  }
}
