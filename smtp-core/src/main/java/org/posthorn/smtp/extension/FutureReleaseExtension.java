package org.posthorn.smtp.extension;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.SmtpSession;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.ValidSince;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.facet.FutureRelease;

/** RFC 4865. */
final class FutureReleaseExtension implements SmtpExtension {
  private static final int DIGITS = 9;

  @Override
  public Optional<String> announcement(SmtpSession session) {
    if (session.role() != SmtpRole.SUBMISSION) {
      return Optional.empty();
    }
    return session
        .facet(FutureRelease.class)
        .map(FutureRelease::longest)
        .map(most -> "FUTURERELEASE " + most.toSeconds() + ' ' + latest(session, most));
  }

  private static Instant latest(SmtpSession session, Duration most) {
    return session.effects().now().truncatedTo(ChronoUnit.SECONDS).plus(most);
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of(
        "HOLDFOR", FutureReleaseExtension::checkFor,
        "HOLDUNTIL", FutureReleaseExtension::checkUntil);
  }

  private static Duration longest(SmtpSession session) {
    return session.facet(FutureRelease.class).map(FutureRelease::longest).orElse(Duration.ZERO);
  }

  private static String checkFor(SmtpSession session, String value) throws SmtpSyntaxException {
    if (value.length() > DIGITS || !Values.digits(value) || value.startsWith("0")) {
      throw new SmtpSyntaxException("HOLDFOR takes a number of seconds");
    }
    if (Long.parseLong(value) > longest(session).toSeconds()) {
      throw new SmtpSyntaxException("HOLDFOR takes no longer time than announced");
    }
    return value;
  }

  private static String checkUntil(SmtpSession session, String value) throws SmtpSyntaxException {
    Instant until = ValidSince.dateTime(value, "HOLDUNTIL");
    if (!value.endsWith("Z") && !value.endsWith("z")) {
      throw new SmtpSyntaxException("HOLDUNTIL takes a time in UTC");
    }
    if (!until.isAfter(session.effects().now())) {
      throw new SmtpSyntaxException("HOLDUNTIL takes a time to come");
    }
    if (until.isAfter(latest(session, longest(session)))) {
      throw new SmtpSyntaxException("HOLDUNTIL takes no later time than announced");
    }
    return until.toString();
  }

  /** One hold-param (section 4.2), which ends before the time of BY (section 5.2.2). */
  @Override
  public Optional<Verdict> checkMail(SmtpSession session, Map<String, String> values)
      throws SmtpSyntaxException {
    if (values.containsKey("HOLDFOR") && values.containsKey("HOLDUNTIL")) {
      throw new SmtpSyntaxException("either HOLDFOR or HOLDUNTIL");
    }
    MailParameters all = new MailParameters(values);
    Instant now = session.effects().now();
    Optional<Instant> release = all.release(now);
    Optional<Instant> deadline = all.deliverBy().map(by -> by.deadline(now));
    if (release.isPresent() && deadline.isPresent() && release.get().isAfter(deadline.get())) {
      throw new SmtpSyntaxException("held longer than BY allows");
    }
    return Optional.empty();
  }
}
