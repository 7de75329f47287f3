package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** What the engine asks of a handler, as values. */
final class Calls {
  private Calls() {}

  /** MAIL. */
  record Begin(MailHandler handler, SmtpPeer peer, ReversePath sender, MailParameters parameters)
      implements StoreCall<Begun> {
    @Override
    public Begun invoke(CallContext context) throws StoreException {
      Transaction transaction = handler.begin(peer);
      boolean kept = false;
      try {
        Verdict verdict = transaction.from(sender, parameters);
        kept = verdict.accepted();
        return new Begun(kept ? transaction : null, verdict);
      } finally {
        if (!kept) {
          transaction.close();
        }
      }
    }
  }

  /**
   * @param transaction null when refused
   */
  record Begun(@Nullable Transaction transaction, Verdict verdict) {}

  /** All RCPT that came together. */
  record AskRecipients(Transaction transaction, List<Recipient> recipients)
      implements StoreCall<List<Verdict>> {
    @Override
    public List<Verdict> invoke(CallContext context) throws StoreException {
      List<Verdict> verdicts = transaction.recipients(recipients);
      if (verdicts.size() != recipients.size()) {
        throw new StoreException(
            StoreException.Code.FAULT, "a verdict for each recipient expected");
      }
      return verdicts;
    }
  }

  /** DATA. */
  record OpenBody(Transaction transaction, BodyKind kind, OptionalLong declared)
      implements StoreCall<MessageSink> {
    @Override
    public MessageSink invoke(CallContext context) throws StoreException {
      return transaction.body(kind, declared);
    }
  }

  /** A chunk of content. */
  record WriteBody(MessageSink sink, ByteBuffer chunk) implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      sink.write(chunk);
      return true;
    }
  }

  /** The last chunk and the end. */
  record FinishBody(MessageSink sink, ByteBuffer chunk) implements StoreCall<List<Verdict>> {
    @Override
    public List<Verdict> invoke(CallContext context) throws StoreException {
      if (chunk.hasRemaining()) {
        sink.write(chunk);
      }
      return sink.finish();
    }
  }
}
