package org.posthorn.smtp;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Effects;
import org.posthorn.smtp.content.ContentRules;
import org.posthorn.store.StoreException;

/** A mail transaction under way. Closed where its calls run, when nobody else uses it any more. */
final class Mail implements AutoCloseable {
  private final Transaction transaction;
  private final ReversePath sender;
  private final MailParameters parameters;
  private final List<Recipient> accepted = new ArrayList<>();
  private @Nullable Content content;

  Mail(Transaction transaction, ReversePath sender, MailParameters parameters) {
    this.transaction = transaction;
    this.sender = sender;
    this.parameters = parameters;
  }

  Transaction transaction() {
    return transaction;
  }

  ReversePath sender() {
    return sender;
  }

  MailParameters parameters() {
    return parameters;
  }

  List<Recipient> accepted() {
    return accepted;
  }

  /** Whether content has begun to come. */
  boolean hasContent() {
    return content != null;
  }

  /** DATA: has the handler opened, then goes on with the content. */
  void data(SmtpSession session, Consumer<Content> then) {
    session.call(open(session), sink -> then.accept(begin(Content.ofData(session, this, sink))));
  }

  /** BDAT and BURL: has the handler opened when the first of them comes. */
  void chunks(SmtpSession session, Consumer<Content> then, Consumer<StoreException> failed) {
    Content begun = content;
    if (begun != null) {
      then.accept(begun);
    } else {
      session.call(
          open(session), sink -> then.accept(begin(Content.ofChunks(session, this, sink))), failed);
    }
  }

  private Calls.OpenBody open(SmtpSession session) {
    ContentRules rules = session.service().contentRules();
    return new Calls.OpenBody(
        transaction,
        parameters.body(),
        parameters.size(),
        rules,
        session.user(),
        session.effects().now(),
        rules.completes() ? newId(session.effects()) : "");
  }

  /** Unique for all practical purposes; letters and digits. */
  private static String newId(Effects effects) {
    byte[] octets = new byte[16];
    effects.random(octets);
    return new BigInteger(1, octets).toString(Character.MAX_RADIX);
  }

  private Content begin(Content begun) {
    content = begun;
    return begun;
  }

  @Override
  public void close() throws StoreException {
    try (transaction) {
      if (content != null) {
        content.abortUnlessFinished();
      }
    }
  }
}
