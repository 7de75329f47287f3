package org.posthorn.smtp.extension;

import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.DeliverBy;
import org.posthorn.smtp.RefusedException;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.facet.DeliveryDeadlines;

/** RFC 2852. */
final class DeliverByExtension implements SmtpExtension {
  @Override
  public Optional<String> announcement(SmtpSession session) {
    return session
        .facet(DeliveryDeadlines.class)
        .map(DeliverByExtension::seconds)
        .map(seconds -> seconds > 0 ? "DELIVERBY " + seconds : "DELIVERBY");
  }

  private static long seconds(DeliveryDeadlines deadlines) {
    return deadlines.shortest().toSeconds();
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("BY", DeliverByExtension::check);
  }

  private static String check(SmtpSession session, String value)
      throws SmtpSyntaxException, RefusedException {
    DeliverBy by = DeliverBy.parse(value);
    long shortest =
        session.facet(DeliveryDeadlines.class).map(DeliverByExtension::seconds).orElse(0L);
    if (by.returned() && by.seconds() < shortest) {
      throw new RefusedException(
          new Verdict(555, "5.5.4", "BY with R takes at least " + shortest + " seconds"));
    }
    return by.toString();
  }
}
