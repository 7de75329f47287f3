package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;

/**
 * Reads content after 354: hands it over in chunks, one at a time, so that a slow handler makes the
 * client wait.
 */
final class DataInput implements SmtpSession.Input {
  private static final int CHUNK = 64 << 10;

  private final SmtpSession session;
  private final Mail mail;
  private final MessageSink sink;
  private final DataReader reader = new DataReader();
  private ByteBuffer chunk = ByteBuffer.allocate(8 << 10);
  private long octets;
  private @Nullable Verdict refused;

  DataInput(SmtpSession session, Mail mail, MessageSink sink) {
    this.session = session;
    this.mail = mail;
    this.sink = sink;
  }

  @Override
  public void receive(ByteBuffer in) {
    int before = chunk.position();
    reader.read(in, chunk);
    octets += chunk.position() - before;
    if (refused == null && octets > session.limits().messageOctets()) {
      refuse(new Verdict(552, "5.3.4", "Message too big"));
    }
    if (refused != null) {
      chunk.clear();
      if (reader.ended()) {
        end(List.of(refused));
      }
    } else if (reader.ended()) {
      finish();
    } else if (chunk.remaining() < 2) {
      passOn();
    }
  }

  /** What still comes is read and dropped, so that it is never taken for commands. */
  private void refuse(Verdict verdict) {
    refused = verdict;
    session.effects().release(sink::abort);
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

  private void finish() {
    if (reader.sawBareLineEnd() && session.service().bareLineEnds() == BareLineEnds.REJECT) {
      refuse(new Verdict(554, "5.6.0", "Bare CR or LF in the message"));
      end(List.of(new Verdict(554, "5.6.0", "Bare CR or LF in the message")));
      return;
    }
    session.call(
        new Calls.FinishBody(sink, chunk.flip()),
        this::end,
        failure -> {
          session.effects().release(sink::abort);
          end(List.of(Failures.verdict(failure)));
        });
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
    boolean any = replies.stream().anyMatch(Verdict::accepted);
    if (any) {
      session
          .effects()
          .event(new Event.Accepted(id, mail.sender().toString(), mail.accepted().size(), octets));
    }
    for (int i = 0; i < mail.accepted().size(); i++) {
      Verdict verdict = replies.get(Math.min(i, replies.size() - 1));
      String recipient = mail.accepted().get(i).address().toString();
      session
          .effects()
          .event(
              verdict.accepted()
                  ? new Event.Delivered(id, recipient, octets)
                  : new Event.DeliveryRefused(
                      id,
                      recipient,
                      verdict.code() + " " + verdict.enhanced() + " " + verdict.text()));
    }
  }

  /** The connection is lost in the middle. */
  void abandon() {
    if (refused == null) {
      refuse(new Verdict(451, "4.4.2", "Connection lost"));
    }
  }

  @Override
  public Duration patience() {
    return session.limits().dataIdle();
  }
}
