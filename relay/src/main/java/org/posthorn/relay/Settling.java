package org.posthorn.relay;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusAction;
import org.posthorn.delivery.report.StatusMessage;
import org.posthorn.relay.QueuedMail.Waiting;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Decides what an attempt means: done, again later, or back to the sender. */
final class Settling {
  private static final System.Logger LOG = System.getLogger(MailQueue.class.getName());

  private final Queue queue;
  private final RetryPolicy policy;
  private final StatusMessage reports;
  private final ZoneId zone;
  private final RandomGenerator random;

  Settling(Queue queue, RetryPolicy policy, String hostname, ZoneId zone, RandomGenerator random) {
    this.queue = queue;
    this.policy = policy;
    this.reports = new StatusMessage(hostname);
    this.zone = zone;
    this.random = random;
  }

  Settlement of(QueuedMail mail, Attempt.Result result, Instant now) throws StoreException {
    boolean expired = !now.isBefore(mail.arrived().plus(policy.expiry()));
    boolean late = !mail.delayTold() && !now.isBefore(mail.arrived().plus(policy.delayNotice()));
    List<Long> done = new ArrayList<>();
    List<Settlement.Retry> retries = new ArrayList<>();
    List<RecipientStatus> ended = new ArrayList<>();
    List<RecipientStatus> delayed = new ArrayList<>();
    Optional<String> server = Optional.ofNullable(result.server());
    for (int i = 0; i < mail.recipients().size(); i++) {
      Waiting waiting = mail.recipients().get(i);
      Verdict verdict = result.verdicts().get(i);
      if (verdict.temporary() && !expired) {
        Instant again = now.plus(policy.wait(waiting.attempts() + 1, random));
        String reply = verdict.code() + " " + verdict.enhanced() + " " + verdict.text();
        retries.add(new Settlement.Retry(waiting.id(), again, reply));
        delayed.add(status(waiting, StatusAction.DELAYED, verdict, server));
      } else if (verdict.temporary()) {
        done.add(waiting.id());
        ended.add(status(waiting, StatusAction.FAILED, expired(verdict), server));
      } else {
        done.add(waiting.id());
        if (!verdict.accepted()) {
          ended.add(status(waiting, StatusAction.FAILED, verdict, server));
        } else if (!result.reported()) {
          ended.add(status(waiting, StatusAction.RELAYED, verdict, server));
        }
      }
    }
    List<Settlement.Report> notices = new ArrayList<>();
    boolean tellsDelay = late && !delayed.isEmpty();
    report(mail, ended, now, notices);
    if (tellsDelay) {
      report(mail, delayed, now, notices);
    }
    return new Settlement(mail.id(), done, retries, tellsDelay, notices);
  }

  private static RecipientStatus status(
      Waiting waiting, StatusAction action, Verdict verdict, Optional<String> server) {
    return new RecipientStatus(waiting.recipient(), action, verdict, server);
  }

  /** RFC 3463 section 3.5: X.4.7 is that time ran out. */
  private static Verdict expired(Verdict last) {
    return new Verdict(554, "5.4.7", "Delivery time expired; last: " + last.text());
  }

  /** Mail with the null reverse-path is never reported about (RFC 5321 section 4.5.5). */
  private void report(
      QueuedMail mail, List<RecipientStatus> statuses, Instant now, List<Settlement.Report> into)
      throws StoreException {
    List<RecipientStatus> wanted = statuses.stream().filter(RecipientStatus::wanted).toList();
    if (wanted.isEmpty()) {
      return;
    }
    if (mail.sender().isNull()) {
      for (RecipientStatus lost : wanted) {
        if (lost.action() == StatusAction.FAILED) {
          LOG.log(
              System.Logger.Level.WARNING,
              "a notification to {0} cannot be delivered and is dropped: {1}",
              lost.recipient().address(),
              lost.verdict().text());
        }
      }
      return;
    }
    Address to = mail.sender().address().orElseThrow();
    byte[] octets = reports.compose(to, subject(mail), wanted, OffsetDateTime.ofInstant(now, zone));
    into.add(new Settlement.Report(to, StatusMessage.parameters(to, octets), octets));
  }

  private StatusMessage.Subject subject(QueuedMail mail) throws StoreException {
    int length = (int) Math.min(mail.size(), StatusMessage.RETURNED_OCTETS);
    byte[] head = new byte[length];
    int at = 0;
    for (int number = 0; at < length; number++) {
      byte[] chunk = queue.chunk(mail.id(), number);
      if (chunk == null) {
        throw new StoreException(StoreException.Code.CORRUPTION, "a queued message is cut off");
      }
      int taken = Math.min(chunk.length, length - at);
      System.arraycopy(chunk, 0, head, at, taken);
      at += taken;
    }
    return new StatusMessage.Subject(
        mail.parameters(),
        head,
        length == mail.size(),
        ZonedDateTime.ofInstant(mail.arrived(), zone));
  }
}
