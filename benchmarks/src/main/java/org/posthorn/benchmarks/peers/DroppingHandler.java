package org.posthorn.benchmarks.peers;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;

/** Takes every message and forgets it, as smtp-sink does. */
final class DroppingHandler implements MailHandler {
  @Override
  public Transaction begin(SmtpPeer peer) {
    return new Dropped();
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  private static final class Dropped implements Transaction, MessageSink {
    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return Verdict.OK;
    }

    @Override
    public List<Verdict> recipients(List<Recipient> recipients) {
      return Collections.nCopies(recipients.size(), Verdict.OK);
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) {
      chunk.position(chunk.limit());
    }

    @Override
    public List<Verdict> finish() {
      return List.of(Verdict.OK);
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
