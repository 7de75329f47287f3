package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** One mail transaction: who gets it. */
final class DeliveryTransaction implements Transaction {
  private static final Verdict RELAY_DENIED = new Verdict(550, "5.7.1", "Relaying denied");

  private final LocalDelivery delivery;
  private final SmtpPeer peer;
  private final List<Target> targets = new ArrayList<>();
  private ReversePath sender = ReversePath.NULL;
  private MailParameters parameters = MailParameters.NONE;

  /** An accepted recipient. */
  record Target(Recipient recipient, Resolution resolution) {}

  DeliveryTransaction(LocalDelivery delivery, SmtpPeer peer) {
    this.delivery = delivery;
    this.peer = peer;
  }

  @Override
  public Verdict from(ReversePath reversePath, MailParameters mailParameters) {
    sender = reversePath;
    parameters = mailParameters;
    return new Verdict(250, "2.1.0", "Sender OK");
  }

  @Override
  public List<Verdict> recipients(List<Recipient> recipients) throws StoreException {
    List<Verdict> verdicts = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      verdicts.add(recipient(recipient));
    }
    return verdicts;
  }

  private Verdict recipient(Recipient recipient) throws StoreException {
    Resolution resolution = delivery.resolver().resolve(peer, recipient);
    Verdict verdict = verdict(recipient, resolution);
    if (verdict.accepted()) {
      targets.add(new Target(recipient, resolution));
    }
    return verdict;
  }

  private Verdict verdict(Recipient recipient, Resolution resolution) throws StoreException {
    if (resolution instanceof Resolution.Refused refused) {
      return refused.verdict();
    }
    if (resolution instanceof Resolution.Remote) {
      return peer.user() == null
          ? RELAY_DENIED
          : delivery.relay().recipient(peer, sender, recipient);
    }
    return new Verdict(250, "2.1.5", "Recipient OK");
  }

  @Override
  public MessageSink body(BodyKind kind, OptionalLong declared) {
    return new SpoolingSink(delivery, peer, sender, parameters, List.copyOf(targets));
  }

  @Override
  public void close() {}
}
