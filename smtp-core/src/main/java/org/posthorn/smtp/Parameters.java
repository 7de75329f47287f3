package org.posthorn.smtp;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the esmtp-params of MAIL and RCPT. */
final class Parameters {
  private Parameters() {}

  /**
   * @param known who checks which keyword
   * @param values what is found goes here
   */
  static void read(
      PathParser parser,
      SmtpSession session,
      Map<String, SmtpExtension.ParameterCheck> known,
      Map<String, String> values)
      throws SmtpSyntaxException, RefusedException {
    for (@Nullable String parameter = parser.parameter();
        parameter != null;
        parameter = parser.parameter()) {
      int equals = parameter.indexOf('=');
      String keyword =
          (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      SmtpExtension.ParameterCheck check = known.get(keyword);
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
}
