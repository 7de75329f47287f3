package org.posthorn.delivery;

import java.util.List;
import java.util.Optional;
import org.posthorn.delivery.DeliveryPlan.Copy;
import org.posthorn.delivery.DeliveryPlan.Way;
import org.posthorn.delivery.filter.FilterAction;
import org.posthorn.delivery.filter.FilteredMessage;
import org.posthorn.delivery.filter.MailFilter;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;

/** Turns an envelope and what users want into a {@link DeliveryPlan}. */
final class DeliveryPlanner {
  /** Redirections from filter to filter within this server. */
  private static final int REDIRECTIONS = 10;

  private final LocalDelivery delivery;
  private final Submission submission;
  private final MessageHeader header;
  private final Spool content;
  private final DeliveryPlan plan = new DeliveryPlan();

  DeliveryPlanner(
      LocalDelivery delivery, Submission submission, MessageHeader header, Spool content) {
    this.delivery = delivery;
    this.submission = submission;
    this.header = header;
    this.content = content;
  }

  DeliveryPlan plan() throws StoreException {
    for (Target target : submission.targets()) {
      boolean list = target.places().size() > 1;
      Recipient passedOn =
          list ? Parameters.withoutSuccess(target.recipient()) : target.recipient();
      for (Resolution place : target.places()) {
        add(target, place, passedOn, 0);
      }
    }
    return plan;
  }

  private void add(Target target, Resolution place, Recipient passedOn, int depth)
      throws StoreException {
    if (place instanceof Resolution.Local local) {
      Optional<Verdict> changed =
          depth > 0 || local.sender().isPresent()
              ? Optional.empty()
              : MailboxOwner.refusal(
                  delivery.store(),
                  ValidityField.asked(header, target.recipient()),
                  local.account());
      if (changed.isPresent()) {
        plan.fail(target, changed.get());
      } else {
        filter(target, local, depth);
      }
    } else if (place instanceof Resolution.Forward forward) {
      forward(target, forward, passedOn);
    } else if (place instanceof Resolution.Unreachable unreachable) {
      plan.tell(unreachable);
    } else {
      plan.send(new Way(submission.sender(), null), passedOn);
    }
  }

  private void forward(Target target, Resolution.Forward forward, Recipient passedOn) {
    Address from = target.recipient().address();
    if (ForwardLoop.passed(header, from)) {
      plan.fail(target, ForwardLoop.verdict());
    } else if (forward.sender().isPresent()) {
      // RFC 3461 section 5.2.7.3: a list tells its owner, and the sender's wishes end here.
      plan.send(new Way(forward.sender().get(), from), Recipient.of(forward.to()));
    } else {
      plan.send(new Way(submission.sender(), from), Parameters.forwarded(passedOn, forward.to()));
    }
  }

  private void filter(Target target, Resolution.Local local, int depth) throws StoreException {
    ReversePath sender = local.sender().orElse(submission.sender());
    List<FilterAction> actions = List.of();
    Optional<MailFilter> filter = delivery.filters().of(local.account());
    if (filter.isPresent()) {
      Address recipient = target.recipient().address();
      actions =
          filter
              .get()
              .decide(
                  new FilteredMessage(
                      local.account(), recipient, sender, header, content.size(), content));
    }
    Flags flags = Flags.NONE;
    boolean decided = false;
    for (FilterAction action : actions) {
      if (action instanceof FilterAction.AddFlags more) {
        flags = flags.plus(more.flags());
      } else {
        decided = true;
      }
    }
    if (!decided) {
      plan.copy(new Copy(local.account(), local.mailbox(), flags, sender, target.recipient()));
    }
    for (FilterAction action : actions) {
      act(target, local, sender, action, flags, depth);
    }
  }

  private void act(
      Target target,
      Resolution.Local local,
      ReversePath sender,
      FilterAction action,
      Flags flags,
      int depth)
      throws StoreException {
    Recipient recipient = target.recipient();
    if (action instanceof FilterAction.Keep) {
      plan.copy(new Copy(local.account(), local.mailbox(), flags, sender, recipient));
    } else if (action instanceof FilterAction.FileInto into) {
      plan.copy(new Copy(local.account(), into.mailbox(), flags, sender, recipient));
    } else if (action instanceof FilterAction.Discard) {
      plan.discard();
    } else if (action instanceof FilterAction.Reject reject) {
      plan.fail(target, new Verdict(550, "5.7.1", reject.reason()));
    } else if (action instanceof FilterAction.Redirect redirect) {
      redirect(target, local, redirect.to(), depth);
    }
  }

  /** What leads to another mailbox here goes there directly, through its filter. */
  private void redirect(Target target, Resolution.Local from, Address to, int depth)
      throws StoreException {
    if (depth >= REDIRECTIONS) {
      plan.fail(target, ForwardLoop.verdict());
      return;
    }
    Recipient there = Parameters.forwarded(target.recipient(), to);
    RecipientGate gate =
        new RecipientGate(
            delivery, delivery.ourselves(), submission.sender(), submission.parameters());
    List<Resolution> places = gate.places(there);
    if (places.isEmpty()) {
      plan.fail(target, gate.refusal());
    }
    for (Resolution place : places) {
      Resolution onward =
          place instanceof Resolution.Remote ? new Resolution.Forward(to, from.sender()) : place;
      add(target, onward, there, depth + 1);
    }
  }
}
