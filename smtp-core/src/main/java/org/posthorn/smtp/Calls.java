package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.smtp.content.ContentRules;
import org.posthorn.smtp.content.ScreenedSink;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** What the engine asks of a handler, as values. */
final class Calls {
  /** Octets of a message that is dealt with within the time of an inline call, about. */
  private static final int SMALL = 32 << 10;

  private Calls() {}

  private static final Verdict NOT_YOURS =
      new Verdict(553, "5.7.1", "This sender address is not yours");

  /**
   * MAIL.
   *
   * @param identities who may send as whom; null where that is not asked
   */
  record Begin(
      MailHandler handler,
      @Nullable SenderIdentities identities,
      SmtpPeer peer,
      ReversePath sender,
      MailParameters parameters)
      implements StoreCall<Begun> {
    @Override
    public Begun invoke(CallContext context) throws StoreException {
      if (!ownsSender()) {
        return new Begun(null, NOT_YOURS);
      }
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

    @Override
    public Lane lane() {
      return Lane.STORE;
    }

    private boolean ownsSender() throws StoreException {
      return identities == null
          || peer.user() == null
          || sender.isNull()
          || identities.owns(peer.user(), sender.address().orElseThrow());
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

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /**
   * DATA, and the first BDAT or BURL.
   *
   * @param id unique, for a Message-ID where there is none; empty where the rules put in none
   */
  record OpenBody(
      Transaction transaction,
      BodyKind kind,
      OptionalLong declared,
      ContentRules rules,
      @Nullable Identity user,
      Instant now,
      String id)
      implements StoreCall<MessageSink> {
    @Override
    public MessageSink invoke(CallContext context) throws StoreException {
      return new ScreenedSink(transaction.body(kind, declared), rules, user, now, id);
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
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

  /**
   * The last chunk and the end.
   *
   * @param octets of the whole message
   */
  record FinishBody(MessageSink sink, ByteBuffer chunk, long octets)
      implements StoreCall<List<Verdict>> {
    @Override
    public List<Verdict> invoke(CallContext context) throws StoreException {
      if (chunk.hasRemaining()) {
        sink.write(chunk);
      }
      return sink.finish();
    }

    @Override
    public Lane lane() {
      return octets <= SMALL ? Lane.STORE : Lane.BLOCKING;
    }
  }
}
