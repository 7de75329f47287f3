package org.posthorn.smtp;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.SmtpExtension.ParameterCheck;

/** Reads the esmtp-params of MAIL and RCPT. */
final class Parameters {
  private Parameters() {}

  /**
   * @param known those of the command that an extension knows
   * @param values what is found goes here
   */
  static void read(
      PathParser parser,
      SmtpSession session,
      Function<SmtpExtension, Map<String, ParameterCheck>> known,
      Map<String, String> values)
      throws SmtpSyntaxException, RefusedException {
    for (@Nullable String parameter = parser.parameter();
        parameter != null;
        parameter = parser.parameter()) {
      int equals = parameter.indexOf('=');
      String keyword =
          (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      ParameterCheck check = check(session, known, keyword);
      if (check == null) {
        throw new RefusedException(new Verdict(555, "5.5.4", "Parameter not recognized"));
      }
      if (equals == parameter.length() - 1) {
        throw new SmtpSyntaxException("value expected behind =");
      }
      if (values.put(keyword, check.check(session, value)) != null) {
        throw new SmtpSyntaxException("parameter given twice");
      }
    }
  }

  /** Null when there is none that is to be had now; of several the last counts. */
  private static @Nullable ParameterCheck check(
      SmtpSession session,
      Function<SmtpExtension, Map<String, ParameterCheck>> known,
      String keyword) {
    ParameterCheck found = null;
    for (SmtpExtension extension : session.service().extensions()) {
      ParameterCheck check = known.apply(extension).get(keyword);
      if (check != null && extension.announcement(session).isPresent()) {
        found = check;
      }
    }
    return found;
  }
}
