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
  private final LocalDelivery delivery;
  private final SmtpPeer peer;
  private final List<Target> targets = new ArrayList<>();
  private ReversePath sender = ReversePath.NULL;
  private MailParameters parameters = MailParameters.NONE;

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
    RecipientGate gate = new RecipientGate(delivery, peer, sender, parameters);
    List<Verdict> verdicts = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      List<Resolution> places = gate.places(recipient);
      if (places.isEmpty()) {
        verdicts.add(gate.refusal());
      } else {
        targets.add(new Target(recipient, places));
        verdicts.add(new Verdict(250, "2.1.5", "Recipient OK"));
      }
    }
    return verdicts;
  }

  @Override
  public MessageSink body(BodyKind kind, OptionalLong declared) {
    return new SpoolingSink(delivery, new Submission(peer, sender, parameters, targets));
  }

  @Override
  public void close() {}
}
