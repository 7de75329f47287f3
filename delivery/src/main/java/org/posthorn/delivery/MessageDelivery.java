package org.posthorn.delivery;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.delivery.DeliveryPlan.Copy;
import org.posthorn.delivery.DeliveryPlan.Failure;
import org.posthorn.delivery.DeliveryPlan.Way;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusAction;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.HopLimit;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Delivers one whole message: plans, stages, commits, and then tells whom it concerns. */
final class MessageDelivery implements AutoCloseable {
  private final LocalDelivery delivery;
  private final Submission submission;
  private final Spool content;
  private final SharedOctets octets;
  private final MessageHeader header;
  private final String id;
  private final ZonedDateTime now;

  MessageDelivery(LocalDelivery delivery, Submission submission, Spool content)
      throws StoreException {
    this.delivery = delivery;
    this.submission = submission;
    this.content = content;
    this.octets = new SharedOctets(content);
    this.header = MessageHeader.of(content);
    this.id = delivery.newId();
    this.now = ZonedDateTime.now(delivery.clock());
  }

  /** All of the recipients get it, or none; those that refuse it by a rule of their own aside. */
  Verdict deliver(List<Target> targets) throws StoreException {
    if (ForwardLoop.exceeded(header, delivery.hops())) {
      return HopLimit.refusal();
    }
    if (submission
        .parameters()
        .release(now.toInstant())
        .filter(now.toInstant()::isBefore)
        .isPresent()) {
      return hold(targets);
    }
    DeliveryPlan plan =
        new DeliveryPlanner(delivery, submission.withTargets(targets), header, content).plan();
    boolean canReport = delivery.reporter() != null || submission.sender().isNull();
    if (plan.failsAltogether() || (!plan.failures().isEmpty() && !canReport)) {
      return plan.failures().get(0).verdict();
    }
    try (LocalCopies copies = new LocalCopies(delivery.store(), octets)) {
      for (Copy copy : plan.copies()) {
        String fields = TraceHeader.returnPath(copy.sender()) + received(copy.recipient());
        copies.stage(copy, TraceHeader.octets(fields), delivery.missingFolder());
      }
      Verdict sent = send(plan);
      if (!sent.accepted()) {
        return sent;
      }
      copies.commit();
    }
    report(targets, plan);
    tellOwners(plan);
    delivery.responses().answer(delivery, plan.copies(), header);
    return new Verdict(250, "2.0.0", "OK, id " + id);
  }

  @Override
  public void close() throws StoreException {
    octets.close();
  }

  /** RFC 4865: the relay keeps it as it came, and gives it back to be delivered when it is time. */
  private Verdict hold(List<Target> targets) throws StoreException {
    List<Recipient> recipients = targets.stream().map(Target::recipient).toList();
    Dispatch held = message(submission.sender(), submission.parameters(), recipients, received(""));
    Verdict verdict = delivery.relay().send(List.of(held));
    return verdict.accepted() ? new Verdict(250, "2.0.0", "OK, held, id " + id) : verdict;
  }

  private Verdict send(DeliveryPlan plan) throws StoreException {
    List<Dispatch> messages = new ArrayList<>();
    for (Map.Entry<Way, Set<Recipient>> sending : plan.sendings().entrySet()) {
      Address from = sending.getKey().forwardedFrom();
      ReversePath sender = sending.getKey().sender();
      String fields = (from == null ? "" : ForwardLoop.field(from)) + received("");
      boolean ownSender = sender.equals(submission.sender());
      MailParameters parameters =
          ownSender ? submission.parameters() : Parameters.ofContent(submission.parameters());
      messages.add(message(sender, parameters, List.copyOf(sending.getValue()), fields));
    }
    return messages.isEmpty() ? Verdict.OK : delivery.relay().send(messages);
  }

  private Dispatch message(
      ReversePath sender, MailParameters parameters, List<Recipient> recipients, String fields) {
    return new Dispatch(sender, parameters, recipients, TraceHeader.octets(fields), content);
  }

  /** Shows the recipient when there is just one (RFC 5321 section 7.2). */
  private String received(Recipient recipient) {
    boolean alone = submission.targets().size() == 1;
    return received(alone ? recipient.address().toString() : "");
  }

  private String received(String recipient) {
    return TraceHeader.received(
        submission, delivery.trace(), delivery.hostname(), id, recipient, now);
  }

  /** The message is delivered; that a report fails changes nothing about it. */
  private void report(List<Target> targets, DeliveryPlan plan) {
    if (delivery.reporter() == null || submission.sender().isNull()) {
      return;
    }
    List<RecipientStatus> statuses = new ArrayList<>();
    for (Failure failure : plan.failures()) {
      statuses.add(
          RecipientStatus.here(
              failure.target().recipient(), StatusAction.FAILED, failure.verdict()));
    }
    for (Target target : targets) {
      boolean failed = plan.failures().stream().anyMatch(f -> f.target().equals(target));
      if (!failed && (target.places().size() > 1 || isDelivered(target.places().get(0)))) {
        StatusAction action =
            isDelivered(target.places().get(0)) ? StatusAction.DELIVERED : StatusAction.EXPANDED;
        statuses.add(RecipientStatus.here(target.recipient(), action, Verdict.OK));
      }
    }
    statuses.removeIf(status -> !status.wanted());
    if (!statuses.isEmpty()) {
      delivery.report(
          message(submission.sender(), submission.parameters(), List.of(), received("")), statuses);
    }
  }

  /** Not of a report: what comes of telling an owner who is on the list is told to nobody. */
  private void tellOwners(DeliveryPlan plan) {
    if (delivery.reporter() == null || submission.sender().isNull()) {
      return;
    }
    Map<ReversePath, List<RecipientStatus>> members = new LinkedHashMap<>();
    for (Resolution.Unreachable one : plan.unreachable()) {
      members
          .computeIfAbsent(one.owner(), owner -> new ArrayList<>())
          .add(
              RecipientStatus.here(Recipient.of(one.member()), StatusAction.FAILED, one.verdict()));
    }
    members.forEach(
        (owner, statuses) -> {
          MailParameters parameters = Parameters.ofContent(submission.parameters());
          delivery.report(message(owner, parameters, List.of(), received("")), statuses);
        });
  }

  /** Into a mailbox, or to a list, where responsibility ends (RFC 3461 section 5.2.7.3). */
  private static boolean isDelivered(Resolution place) {
    return place instanceof Resolution.Local
        || (place instanceof Resolution.Forward forward && forward.sender().isPresent());
  }
}
