package org.posthorn.delivery.check;

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

/** One mail transaction that is checked. */
final class CheckedTransaction implements Transaction {
  private final CheckedHandler handler;
  private final SmtpPeer peer;
  private final List<Check> checks;
  private final Transaction next;
  private final List<Recipient> accepted = new ArrayList<>();
  private ReversePath sender = ReversePath.NULL;
  private MailParameters parameters = MailParameters.NONE;

  CheckedTransaction(CheckedHandler handler, SmtpPeer peer, List<Check> checks, Transaction next) {
    this.handler = handler;
    this.peer = peer;
    this.checks = checks;
    this.next = next;
  }

  CheckedHandler handler() {
    return handler;
  }

  SmtpPeer peer() {
    return peer;
  }

  List<Check> checks() {
    return checks;
  }

  Transaction next() {
    return next;
  }

  List<Recipient> accepted() {
    return accepted;
  }

  ReversePath sender() {
    return sender;
  }

  MailParameters parameters() {
    return parameters;
  }

  @Override
  public Verdict from(ReversePath reversePath, MailParameters mailParameters)
      throws StoreException {
    sender = reversePath;
    parameters = mailParameters;
    for (Check check : checks) {
      Verdict verdict = check.from(reversePath, mailParameters);
      if (!verdict.accepted()) {
        return verdict;
      }
    }
    return next.from(reversePath, mailParameters);
  }

  /** What a check refuses the handler never hears of. */
  @Override
  public List<Verdict> recipients(List<Recipient> asked) throws StoreException {
    List<Verdict> checked = new ArrayList<>(asked.size());
    List<Recipient> passed = new ArrayList<>(asked.size());
    for (Recipient recipient : asked) {
      Verdict verdict = check(recipient);
      checked.add(verdict);
      if (verdict.accepted()) {
        passed.add(recipient);
      }
    }
    List<Verdict> answers = passed.isEmpty() ? List.of() : next.recipients(passed);
    List<Verdict> all = new ArrayList<>(asked.size());
    int answer = 0;
    for (int i = 0; i < asked.size(); i++) {
      Verdict verdict = checked.get(i).accepted() ? answers.get(answer++) : checked.get(i);
      if (verdict.accepted()) {
        accepted.add(asked.get(i));
      }
      all.add(verdict);
    }
    return all;
  }

  private Verdict check(Recipient recipient) throws StoreException {
    for (Check check : checks) {
      Verdict verdict = check.recipient(recipient);
      if (!verdict.accepted()) {
        return verdict;
      }
    }
    return Verdict.OK;
  }

  @Override
  public MessageSink body(BodyKind kind, OptionalLong declared) {
    return new CheckedSink(this, kind);
  }

  @Override
  public void close() throws StoreException {
    try (next) {
      for (Check check : checks) {
        check.close();
      }
    }
  }
}
