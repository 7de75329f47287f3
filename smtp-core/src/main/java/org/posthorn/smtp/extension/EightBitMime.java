package org.posthorn.smtp.extension;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.facet.BinaryContent;

/** RFC 6152, and the value that RFC 3030 adds to its parameter. */
final class EightBitMime implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return Optional.of("8BITMIME");
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("BODY", EightBitMime::check);
  }

  private static String check(SmtpSession session, String value) throws SmtpSyntaxException {
    String kind = value.toUpperCase(Locale.ROOT);
    boolean binary = kind.equals("BINARYMIME") && session.facet(BinaryContent.class).isPresent();
    if (!binary && !kind.equals("7BIT") && !kind.equals("8BITMIME")) {
      throw new SmtpSyntaxException("BODY takes 7BIT or 8BITMIME");
    }
    return kind;
  }
}
