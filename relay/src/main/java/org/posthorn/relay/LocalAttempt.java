package org.posthorn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Gives mail from the queue to mailboxes here, mostly bounces: as LMTP would, one answer each. */
final class LocalAttempt {
  private final Queue queue;
  private final MailHandler handler;
  private final String hostname;
  private final Clock clock;

  LocalAttempt(Queue queue, MailHandler handler, String hostname, Clock clock) {
    this.clock = clock;
    this.queue = queue;
    this.handler = handler;
    this.hostname = hostname;
  }

  Attempt.Result deliver(QueuedMail mail) {
    try (Transaction transaction = handler.begin(ourselves())) {
      return new Attempt.Result(verdicts(transaction, mail), null, true, true);
    } catch (StoreException e) {
      return Attempt.Result.all(mail.recipients().size(), Verdict.of(e));
    }
  }

  private List<Verdict> verdicts(Transaction transaction, QueuedMail mail) throws StoreException {
    int count = mail.recipients().size();
    Verdict from = transaction.from(mail.sender(), mail.onward(clock.instant()));
    if (!from.accepted()) {
      return Collections.nCopies(count, from);
    }
    List<Recipient> recipients =
        mail.recipients().stream().map(QueuedMail.Waiting::recipient).toList();
    List<Verdict> verdicts = new ArrayList<>(transaction.recipients(recipients));
    if (verdicts.stream().noneMatch(Verdict::accepted)) {
      return verdicts;
    }
    MessageSink sink = transaction.body(mail.parameters().body(), OptionalLong.of(mail.size()));
    List<Verdict> said = pour(mail, sink);
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (verdicts.get(i).accepted()) {
        verdicts.set(i, said.get(said.size() == 1 ? 0 : next++));
      }
    }
    return verdicts;
  }

  private List<Verdict> pour(QueuedMail mail, MessageSink sink) throws StoreException {
    boolean whole = false;
    try {
      int number = 0;
      for (byte[] chunk = queue.chunk(mail.id(), number);
          chunk != null;
          chunk = queue.chunk(mail.id(), ++number)) {
        sink.write(ByteBuffer.wrap(chunk));
      }
      whole = true;
      return sink.finish();
    } finally {
      if (!whole) {
        sink.abort();
      }
    }
  }

  private SmtpPeer ourselves() {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ConnectionInfo connection = new ConnectionInfo("queue", "queue", here, here, false, false);
    return new SmtpPeer(SmtpRole.LMTP, connection, hostname, null, null, "LOCAL");
  }
}
