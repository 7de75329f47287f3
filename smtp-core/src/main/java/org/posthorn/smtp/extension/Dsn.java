package org.posthorn.smtp.extension;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.smtp.OriginalRecipient;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Xtext;
import org.posthorn.smtp.facet.StatusNotifications;

/** RFC 3461. */
final class Dsn implements SmtpExtension {
  /** Section 4.4. */
  private static final int ENVELOPE_ID = 100;

  private static final Set<String> EVENTS = Set.of("SUCCESS", "FAILURE", "DELAY");

  @Override
  public Optional<String> announcement(SmtpSession session) {
    return session.facet(StatusNotifications.class).map(yes -> "DSN");
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("RET", Dsn::checkReturn, "ENVID", Dsn::checkEnvelopeId);
  }

  @Override
  public Map<String, ParameterCheck> recipientParameters() {
    return Map.of("NOTIFY", Dsn::checkNotify, "ORCPT", Dsn::checkOriginal);
  }

  private static String checkReturn(SmtpSession session, String value) throws SmtpSyntaxException {
    String what = value.toUpperCase(Locale.ROOT);
    if (!what.equals("FULL") && !what.equals("HDRS")) {
      throw new SmtpSyntaxException("RET takes FULL or HDRS");
    }
    return what;
  }

  private static String checkEnvelopeId(SmtpSession session, String value)
      throws SmtpSyntaxException {
    String id = Xtext.decode(value);
    if (value.isEmpty()
        || value.length() > ENVELOPE_ID
        || !id.codePoints().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new SmtpSyntaxException("ENVID takes up to 100 characters of xtext");
    }
    return value;
  }

  private static String checkNotify(SmtpSession session, String value) throws SmtpSyntaxException {
    String upper = value.toUpperCase(Locale.ROOT);
    List<String> events = List.of(upper.split(",", -1));
    if (!upper.equals("NEVER")
        && !(EVENTS.containsAll(events) && new HashSet<>(events).size() == events.size())) {
      throw new SmtpSyntaxException("NOTIFY takes NEVER or a list of SUCCESS, FAILURE and DELAY");
    }
    return upper;
  }

  private static String checkOriginal(SmtpSession session, String value)
      throws SmtpSyntaxException {
    OriginalRecipient original = OriginalRecipient.parse(value);
    if (original.address().codePoints().anyMatch(Character::isISOControl)) {
      throw new SmtpSyntaxException("ORCPT with a control character");
    }
    return original.toString();
  }
}
