package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;

/** Says at RCPT what would fail later: unknown, disabled, full, not to be relayed. */
final class RecipientGate {
  private static final Verdict RELAY_DENIED = new Verdict(550, "5.7.1", "Relaying denied");

  private final LocalDelivery delivery;
  private final SmtpPeer peer;
  private final ReversePath sender;
  private final MailParameters parameters;
  private @Nullable Verdict refusal;

  RecipientGate(
      LocalDelivery delivery, SmtpPeer peer, ReversePath sender, MailParameters parameters) {
    this.delivery = delivery;
    this.peer = peer;
    this.sender = sender;
    this.parameters = parameters;
  }

  /** Where the recipient's mail goes; empty when {@link #refusal} says why it goes nowhere. */
  List<Resolution> places(Recipient recipient) throws StoreException {
    refusal = null;
    List<Resolution> places = new ArrayList<>();
    boolean all = collect(recipient, delivery.resolver().resolve(peer, recipient), places);
    return all ? places : List.of();
  }

  Verdict refusal() {
    return refusal == null ? new Verdict(550, "5.1.1", "No such user here") : refusal;
  }

  /** Whether mail may go there; a list goes to those of its members that take it. */
  private boolean collect(Recipient recipient, Resolution place, List<Resolution> into)
      throws StoreException {
    if (place instanceof Resolution.Several several) {
      for (Resolution part : several.parts()) {
        if (!collect(recipient, part, into)) {
          Optional<Resolution> passedOver = passedOver(recipient, part);
          if (passedOver.isEmpty()) {
            return false;
          }
          into.add(passedOver.get());
        }
      }
      return into.stream().anyMatch(p -> !(p instanceof Resolution.Unreachable));
    } else if (place instanceof Resolution.Unreachable) {
      into.add(place);
      return true;
    }
    Verdict verdict = verdict(recipient, place);
    if (verdict.accepted()) {
      into.add(place);
      return true;
    }
    refusal = verdict;
    return false;
  }

  /** A member of a list who is refused keeps nobody else from getting the mail. */
  private Optional<Resolution> passedOver(Recipient list, Resolution place) {
    if (place instanceof Resolution.Local local && local.sender().isPresent()) {
      String account = local.account();
      int at = account.lastIndexOf('@');
      Address member =
          at < 0
              ? new Address(account, list.address().domain())
              : new Address(account.substring(0, at), account.substring(at + 1));
      return Optional.of(new Resolution.Unreachable(member, local.sender().get(), refusal()));
    } else if (place instanceof Resolution.Forward forward && forward.sender().isPresent()) {
      return Optional.of(
          new Resolution.Unreachable(forward.to(), forward.sender().get(), refusal()));
    }
    return Optional.empty();
  }

  private Verdict verdict(Recipient recipient, Resolution place) throws StoreException {
    if (place instanceof Resolution.Refused refused) {
      return refused.verdict();
    } else if (place instanceof Resolution.Local local) {
      // Members of a list are the business of its owner.
      Optional<Verdict> changed =
          local.sender().isPresent()
              ? Optional.empty()
              : MailboxOwner.refusal(delivery.store(), recipient, local.account());
      return changed.isPresent() ? changed.get() : account(local.account());
    } else if (place instanceof Resolution.Forward forward) {
      Recipient there = new Recipient(forward.to(), recipient.parameters());
      return delivery.relay().recipient(peer, forward.sender().orElse(sender), there);
    } else {
      return peer.user() == null
          ? RELAY_DENIED
          : delivery.relay().recipient(peer, sender, recipient);
    }
  }

  private Verdict account(String account) throws StoreException {
    Optional<Verdict> refused = delivery.accountPolicy().refusal(peer, sender, account);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Quotas> quotas = delivery.store().facet(Quotas.class);
    if (quotas.isPresent()) {
      try {
        quotas.get().check(account, QuotaUse.messages(1, parameters.size().orElse(1)));
      } catch (StoreException e) {
        return delivery.verdict(e);
      }
    }
    return new Verdict(250, "2.1.5", "Recipient OK");
  }
}
