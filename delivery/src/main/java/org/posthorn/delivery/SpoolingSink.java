package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.delivery.DeliveryTransaction.Target;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Receives a message into the spool and delivers it when it is whole. */
final class SpoolingSink implements MessageSink {
  private final LocalDelivery delivery;
  private final SmtpPeer peer;
  private final ReversePath sender;
  private final MailParameters parameters;
  private final List<Target> targets;
  private final String id;
  private final Spool spool;

  SpoolingSink(
      LocalDelivery delivery,
      SmtpPeer peer,
      ReversePath sender,
      MailParameters parameters,
      List<Target> targets) {
    this.delivery = delivery;
    this.peer = peer;
    this.sender = sender;
    this.parameters = parameters;
    this.targets = targets;
    this.id = delivery.newId();
    this.spool = delivery.spool();
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    spool.write(chunk);
  }

  @Override
  public List<Verdict> finish() throws StoreException {
    try (spool) {
      return peer.role() == SmtpRole.LMTP ? one() : all();
    }
  }

  /** LMTP: each recipient's commit and answer of its own. */
  private List<Verdict> one() {
    List<Verdict> verdicts = new ArrayList<>(targets.size());
    for (Target target : targets) {
      verdicts.add(answerOf(List.of(target)));
    }
    return verdicts;
  }

  private Verdict answerOf(List<Target> some) {
    try {
      return deliver(some);
    } catch (StoreException e) {
      return Verdict.of(e);
    }
  }

  /** SMTP: one answer for all, so nobody gets it before everybody's copy is staged. */
  private List<Verdict> all() throws StoreException {
    return List.of(deliver(targets));
  }

  private Verdict deliver(List<Target> some) throws StoreException {
    ZonedDateTime now = ZonedDateTime.now(delivery.clock());
    List<Recipient> remote = new ArrayList<>();
    try (LocalCopies copies = new LocalCopies(delivery.store())) {
      for (Target target : some) {
        if (target.resolution() instanceof Resolution.Local local) {
          String header = TraceHeader.returnPath(sender) + received(target.recipient(), now);
          copies.stage(local, TraceHeader.octets(header), spool);
        } else {
          remote.add(target.recipient());
        }
      }
      if (!remote.isEmpty()) {
        Verdict verdict = relay(remote, now);
        if (!verdict.accepted()) {
          return verdict;
        }
      }
      copies.commit();
    }
    return new Verdict(250, "2.0.0", "OK, id " + id);
  }

  private Verdict relay(List<Recipient> remote, ZonedDateTime now) throws StoreException {
    String header = TraceHeader.received(peer, delivery.hostname(), id, "", now);
    return delivery
        .relay()
        .send(peer, sender, parameters, remote, TraceHeader.octets(header), spool);
  }

  private String received(Recipient recipient, ZonedDateTime now) {
    String shown = targets.size() == 1 ? recipient.address().toString() : "";
    return TraceHeader.received(peer, delivery.hostname(), id, shown, now);
  }

  @Override
  public void abort() throws StoreException {
    spool.close();
  }
}
