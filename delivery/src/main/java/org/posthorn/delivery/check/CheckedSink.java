package org.posthorn.delivery.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Receives a message, has it checked, and hands on what is left of it. */
final class CheckedSink implements MessageSink {
  private final CheckedTransaction mail;
  private final BodyKind kind;
  private final List<Recipient> recipients;
  private ReversePath sender;
  private Spool content;
  private boolean envelopeChanged;

  CheckedSink(CheckedTransaction mail, BodyKind kind) {
    this.mail = mail;
    this.kind = kind;
    this.content = mail.handler().spool();
    this.sender = mail.sender();
    this.recipients = new ArrayList<>(mail.accepted());
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    content.write(chunk);
  }

  @Override
  public List<Verdict> finish() throws StoreException {
    try {
      for (Check check : mail.checks()) {
        Findings findings = findings(check);
        apply(findings);
        Verdict refusal = findings.refusal();
        if (refusal != null) {
          return List.of(refusal);
        }
        if (findings.discarded()) {
          return List.of(new Verdict(250, "2.0.0", "OK"));
        }
        String reason = findings.quarantine();
        if (reason != null) {
          return List.of(
              mail.handler()
                  .quarantine()
                  .keep(mail.peer(), sender, List.copyOf(recipients), reason, content));
        }
      }
      return deliver();
    } finally {
      content.close();
    }
  }

  private Findings findings(Check check) throws StoreException {
    try {
      return check.content(content);
    } catch (StoreException e) {
      CheckedHandler.log(e);
      throw e;
    }
  }

  private void apply(Findings findings) throws StoreException {
    try (Spool body = findings.body()) {
      if (findings.changesContent()) {
        Spool edited = mail.handler().spool();
        try (Spool old = content) {
          content = edited; // so that it is closed whatever happens
          Rewriting.write(old, findings.edits(), body, edited);
        }
      }
    }
    if (findings.changesEnvelope()) {
      envelopeChanged = true;
      sender = findings.sender() == null ? sender : findings.sender();
      for (Address removed : findings.removed()) {
        recipients.removeIf(recipient -> same(recipient.address(), removed));
      }
      recipients.addAll(findings.added());
    }
  }

  private static boolean same(Address one, Address other) {
    return one.localPart().equals(other.localPart())
        && one.canonicalDomain().equals(other.canonicalDomain());
  }

  private List<Verdict> deliver() throws StoreException {
    if (!envelopeChanged) {
      return send(mail.next());
    }
    if (recipients.isEmpty()) {
      return List.of(new Verdict(250, "2.0.0", "OK"));
    }
    try (Transaction other = mail.handler().next().begin(mail.peer())) {
      Verdict from = other.from(sender, mail.parameters());
      if (!from.accepted()) {
        return List.of(from);
      }
      List<Verdict> answers = other.recipients(recipients);
      List<Recipient> taken = new ArrayList<>();
      for (int i = 0; i < recipients.size(); i++) {
        if (answers.get(i).accepted()) {
          taken.add(recipients.get(i));
        } else if (mail.peer().role() != SmtpRole.LMTP) {
          return List.of(answers.get(i)); // nobody gets it when one whom the checker added cannot
        }
      }
      if (taken.isEmpty()) {
        return List.of(answers.get(0));
      }
      return perOriginal(answers, taken, send(other));
    }
  }

  /** LMTP answers for those that the client named: whoever was removed has nothing to fear. */
  private List<Verdict> perOriginal(
      List<Verdict> answers, List<Recipient> taken, List<Verdict> sent) {
    if (mail.peer().role() != SmtpRole.LMTP) {
      return sent;
    }
    List<Verdict> all = new ArrayList<>();
    for (Recipient original : mail.accepted()) {
      int now = recipients.indexOf(original);
      if (now < 0) {
        all.add(new Verdict(250, "2.0.0", "OK"));
      } else if (answers.get(now).accepted()) {
        all.add(sent.get(Math.min(taken.indexOf(original), sent.size() - 1)));
      } else {
        all.add(answers.get(now));
      }
    }
    return all;
  }

  private List<Verdict> send(Transaction transaction) throws StoreException {
    MessageSink sink = transaction.body(kind, OptionalLong.of(content.size()));
    boolean finished = false;
    try {
      content.copyTo(sink::write);
      List<Verdict> verdicts = sink.finish();
      finished = true;
      return verdicts;
    } finally {
      if (!finished) {
        sink.abort();
      }
    }
  }

  @Override
  public void abort() throws StoreException {
    content.close();
  }
}
