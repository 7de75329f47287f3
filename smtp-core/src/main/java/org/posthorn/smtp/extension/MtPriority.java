package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.RefusedException;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.facet.Priorities;

/** RFC 6710. */
final class MtPriority implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return session
        .facet(Priorities.class)
        .map(policy -> policy.policy().map(name -> "MT-PRIORITY " + name).orElse("MT-PRIORITY"));
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("MT-PRIORITY", MtPriority::check);
  }

  private static String check(SmtpSession session, String value) throws RefusedException {
    boolean negative = value.startsWith("-");
    String digits = negative ? value.substring(1) : value;
    if (digits.length() != 1 || !Values.digits(digits) || value.equals("-0")) {
      // Section 4.1 names the enhanced code.
      throw new RefusedException(
          new Verdict(501, "5.5.2", "Syntax error: MT-PRIORITY takes -9 to 9"));
    }
    return value;
  }

  /** Section 4.1: no better than others unless allowed. */
  @Override
  public Optional<Verdict> checkMail(SmtpSession session, Map<String, String> values) {
    String asked = values.get("MT-PRIORITY");
    if (asked == null) {
      return Optional.empty();
    }
    int highest =
        session.facet(Priorities.class).map(policy -> policy.highest(session.peer())).orElse(0);
    if (Integer.parseInt(asked) <= highest) {
      return Optional.empty();
    }
    values.put("MT-PRIORITY", Integer.toString(highest));
    return Optional.of(new Verdict(250, "2.3.6", highest + " is the highest priority for you"));
  }
}
