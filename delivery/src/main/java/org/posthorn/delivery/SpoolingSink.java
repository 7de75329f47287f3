package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Receives a message into the spool and delivers it when it is whole. */
final class SpoolingSink implements MessageSink {
  private static final Verdict NOT_CONVERTIBLE =
      new Verdict(554, "5.6.3", "Binary content of a multipart without parts");

  private final LocalDelivery delivery;
  private final Submission submission;
  private final Spool spool;

  SpoolingSink(LocalDelivery delivery, Submission submission) {
    this.delivery = delivery;
    this.submission = submission;
    this.spool = delivery.spool();
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    spool.write(chunk);
  }

  @Override
  public List<Verdict> finish() throws StoreException {
    try (spool) {
      return submission.parameters().body() == BodyKind.BINARY_MIME
          ? encoded()
          : deliver(submission, spool);
    }
  }

  private List<Verdict> encoded() throws StoreException {
    try (Spool encoded = delivery.spool()) {
      if (!BinaryMail.encode(spool, submission.parameters().smtpUtf8(), encoded)) {
        int answers = submission.peer().role() == SmtpRole.LMTP ? submission.targets().size() : 1;
        return Collections.nCopies(answers, NOT_CONVERTIBLE);
      }
      return deliver(submission.withBody("8BITMIME"), encoded);
    }
  }

  private List<Verdict> deliver(Submission whole, Spool content) throws StoreException {
    try (MessageDelivery message = new MessageDelivery(delivery, whole, content)) {
      return whole.peer().role() == SmtpRole.LMTP ? one(message) : List.of(all(message));
    }
  }

  private Verdict all(MessageDelivery message) throws StoreException {
    try {
      return message.deliver(submission.targets());
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.OVER_QUOTA) {
        return delivery.verdict(e);
      }
      throw e;
    }
  }

  /** LMTP: each recipient's commit and answer of its own. */
  private List<Verdict> one(MessageDelivery message) {
    List<Verdict> verdicts = new ArrayList<>(submission.targets().size());
    for (Target target : submission.targets()) {
      try {
        verdicts.add(message.deliver(List.of(target)));
      } catch (StoreException e) {
        verdicts.add(delivery.verdict(e));
      }
    }
    return verdicts;
  }

  @Override
  public void abort() throws StoreException {
    spool.close();
  }
}
