package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;
import org.posthorn.store.StoreException;

/**
 * Content of one message on its way to the handler: handed over in chunks, one at a time, so that a
 * slow handler makes the client wait. Once refused, what still comes is read and dropped, so that
 * it is never taken for commands.
 */
final class Content {
  private static final int CHUNK = 64 << 10;

  private final SmtpSession session;
  private final Mail mail;
  private final MessageSink sink;
  private final DataReader reader;
  private final boolean binary;
  private ByteBuffer chunk = ByteBuffer.allocate(8 << 10);
  private long octets;
  private @Nullable Verdict refused;
  private boolean finished;

  private Content(
      SmtpSession session, Mail mail, MessageSink sink, DataReader reader, boolean binary) {
    this.session = session;
    this.mail = mail;
    this.sink = sink;
    this.reader = reader;
    this.binary = binary;
  }

  /** What follows 354. */
  static Content ofData(SmtpSession session, Mail mail, MessageSink sink) {
    DataReader reader = DataReader.untilDot(session.service().bareLineEnds());
    return new Content(session, mail, sink, reader, false);
  }

  /** What BDAT and BURL bring. */
  static Content ofChunks(SmtpSession session, Mail mail, MessageSink sink) {
    boolean binary = mail.parameters().body() == BodyKind.BINARY_MIME;
    BareLineEnds policy = binary ? BareLineEnds.KEEP : session.service().bareLineEnds();
    return new Content(session, mail, sink, DataReader.counted(policy), binary);
  }

  boolean ended() {
    return reader.ended();
  }

  /** Why it is refused; null while it is not. */
  @Nullable Verdict refused() {
    return refused;
  }

  /**
   * Takes what it may; then the session waits for the handler, or all was consumed, or the end was
   * read.
   */
  void take(ByteBuffer in) {
    while (in.hasRemaining() && !reader.ended() && session.wantsInput()) {
      int before = chunk.position();
      reader.read(in, chunk);
      octets += chunk.position() - before;
      check();
      if (refused != null) {
        chunk.clear();
      } else if (chunk.remaining() < DataReader.ROOM) {
        passOn();
      }
    }
  }

  private void check() {
    if (refused != null) {
      return;
    }
    if (octets > session.limits().messageOctets()) {
      refuse(new Verdict(552, "5.3.4", "Message too big"));
    } else if (!binary && reader.longestLine() > session.limits().textLineOctets()) {
      refuse(new Verdict(554, "5.6.0", "Line too long in the message"));
    }
  }

  /** The first reason stands. */
  void refuse(Verdict verdict) {
    if (refused == null) {
      refused = verdict;
    }
  }

  private void passOn() {
    ByteBuffer full = chunk.flip();
    if (full.capacity() < CHUNK) {
      chunk = ByteBuffer.allocate(Math.min(CHUNK, full.capacity() * 4));
      chunk.put(full);
      return;
    }
    session.call(
        new Calls.WriteBody(sink, full),
        written -> chunk.clear(),
        failure -> {
          chunk.clear();
          refuse(Failures.verdict(failure));
        });
  }

  /** BDAT LAST and the like: nothing more comes. */
  void endOfOctets() {
    int before = chunk.position();
    reader.endOfOctets(chunk);
    octets += chunk.position() - before;
    check();
  }

  /** Ends the message, once its end was read: answers, and the transaction is over. */
  void finish() {
    if (!binary
        && reader.sawBareLineEnd()
        && session.service().bareLineEnds() == BareLineEnds.REJECT) {
      refuse(new Verdict(554, "5.6.0", "Bare CR or LF in the message"));
    }
    Verdict refusal = refused;
    if (refusal != null) {
      end(List.of(refusal));
      return;
    }
    session.call(
        new Calls.FinishBody(sink, chunk.flip(), octets),
        verdicts -> {
          finished = true;
          end(verdicts);
        },
        failure -> end(List.of(Failures.verdict(failure))));
  }

  private void end(List<Verdict> verdicts) {
    session.readCommands();
    List<Verdict> replies = perRecipient(verdicts);
    report(replies);
    session.resetTransaction();
    for (Verdict verdict : replies) {
      session.reply(verdict);
    }
  }

  /** RFC 2033 section 4.2: LMTP answers for every accepted recipient. */
  private List<Verdict> perRecipient(List<Verdict> verdicts) {
    if (session.role() != SmtpRole.LMTP) {
      return verdicts.subList(0, 1);
    }
    List<Verdict> replies = new ArrayList<>();
    for (int i = 0; i < mail.accepted().size(); i++) {
      replies.add(verdicts.get(Math.min(i, verdicts.size() - 1)));
    }
    return replies;
  }

  private void report(List<Verdict> replies) {
    String id = session.connection().id();
    for (Verdict verdict : replies) {
      if (verdict.accepted()) {
        int recipients = mail.accepted().size();
        session
            .effects()
            .event(new Event.Accepted(id, mail.sender().toString(), recipients, octets));
        break;
      }
    }
    for (int i = 0; i < mail.accepted().size(); i++) {
      Verdict verdict = replies.get(Math.min(i, replies.size() - 1));
      String recipient = mail.accepted().get(i).address().toString();
      session
          .effects()
          .event(
              verdict.accepted()
                  ? new Event.Delivered(id, recipient, octets)
                  : new Event.DeliveryRefused(id, recipient, verdict.line()));
    }
  }

  /** Where calls run, when the transaction is over. */
  void abortUnlessFinished() throws StoreException {
    if (!finished) {
      sink.abort();
    }
  }
}
