package org.posthorn.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusAction;
import org.posthorn.relay.QueuedMail.Waiting;
import org.posthorn.smtp.DeliverBy;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Decides what an attempt means: done, again later, or back to the sender. */
final class Settling {
  private static final System.Logger LOG = System.getLogger(MailQueue.class.getName());

  private final Queue queue;
  private final RetryPolicy policy;
  private final Reports reports;
  private final RandomGenerator random;

  Settling(Queue queue, RetryPolicy policy, Reports reports, RandomGenerator random) {
    this.queue = queue;
    this.policy = policy;
    this.reports = reports;
    this.random = random;
  }

  Settlement of(QueuedMail mail, Attempt.Result result, Instant now) throws StoreException {
    boolean expired = !now.isBefore(mail.released().plus(policy.expiry()));
    boolean late = !mail.delayTold() && !now.isBefore(mail.released().plus(policy.delayNotice()));
    boolean overdue = !mail.deadlineTold() && mail.overdue(now);
    boolean over = expired || mail.toBeReturned(now);
    boolean tellsRelay = tellsRelay(mail, result, now);
    List<Long> done = new ArrayList<>();
    List<Settlement.Retry> retries = new ArrayList<>();
    List<RecipientStatus> ended = new ArrayList<>();
    List<RecipientStatus> delayed = new ArrayList<>();
    Optional<String> server = Optional.ofNullable(result.server());
    for (int i = 0; i < mail.recipients().size(); i++) {
      Waiting waiting = mail.recipients().get(i);
      Verdict verdict = result.verdicts().get(i);
      if (verdict.temporary() && !over) {
        retries.add(retry(mail, waiting, verdict, now));
        add(delayed, status(waiting, StatusAction.DELAYED, late(verdict, overdue), server));
        continue;
      }
      done.add(waiting.id());
      if (verdict.temporary()) {
        add(ended, status(waiting, StatusAction.FAILED, expired(verdict), server));
      } else if (!verdict.accepted()) {
        add(ended, status(waiting, StatusAction.FAILED, verdict, server));
      } else {
        RecipientStatus relayed = status(waiting, StatusAction.RELAYED, verdict, server);
        boolean told = tellsRelay && !isNever(waiting);
        if (told || (!result.reported() && relayed.wanted())) {
          ended.add(relayed);
        }
      }
    }
    List<Settlement.Report> notices = new ArrayList<>();
    boolean tellsDelay = (late || overdue) && !retries.isEmpty();
    report(mail, ended, now, notices);
    if (tellsDelay) {
      report(mail, delayed, now, notices);
    }
    return new Settlement(
        mail.id(), done, retries, tellsDelay && late, tellsDelay && overdue, notices);
  }

  /** In time for whoever waits to hear that the time is over. */
  private Settlement.Retry retry(QueuedMail mail, Waiting waiting, Verdict verdict, Instant now) {
    Instant again = now.plus(policy.wait(waiting.attempts() + 1, random));
    Instant deadline = mail.deadline().filter(now::isBefore).orElse(again);
    return new Settlement.Retry(
        waiting.id(), deadline.isBefore(again) ? deadline : again, verdict.line());
  }

  /** RFC 2852 section 4.1.4: when the sender hears of a relay that did not ask for it. */
  private static boolean tellsRelay(QueuedMail mail, Attempt.Result result, Instant now) {
    Optional<DeliverBy> by = mail.parameters().deliverBy();
    return result.server() != null
        && by.isPresent()
        && (by.get().trace() || (!result.timed() && !mail.overdue(now)));
  }

  private static boolean isNever(Waiting waiting) {
    return waiting.recipient().notifyOn().filter(Set::isEmpty).isPresent();
  }

  private static void add(List<RecipientStatus> statuses, RecipientStatus status) {
    if (status.wanted()) {
      statuses.add(status);
    }
  }

  private static RecipientStatus status(
      Waiting waiting, StatusAction action, Verdict verdict, Optional<String> server) {
    return new RecipientStatus(waiting.recipient(), action, verdict, server);
  }

  /** RFC 3463 section 3.5: X.4.7 is that time ran out. */
  private static Verdict expired(Verdict last) {
    return new Verdict(554, "5.4.7", "Delivery time expired; last: " + last.text());
  }

  /** RFC 2852 section 4.1.3. */
  private static Verdict late(Verdict last, boolean overdue) {
    return overdue
        ? new Verdict(451, "4.4.7", "Delivery time expired; last: " + last.text())
        : last;
  }

  /** Mail with the null reverse-path is never reported about (RFC 5321 section 4.5.5). */
  private void report(
      QueuedMail mail, List<RecipientStatus> statuses, Instant now, List<Settlement.Report> into)
      throws StoreException {
    if (statuses.isEmpty()) {
      return;
    }
    if (mail.sender().isNull()) {
      for (RecipientStatus lost : statuses) {
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
    into.add(reports.about(mail, new StoredContent(queue, mail), statuses, now));
  }
}
