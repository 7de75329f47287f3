package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/** SMTP and LMTP on the server's side, in the role of its service. */
final class SmtpEngine implements Engine {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SmtpSession session;
  private boolean stopping;
  private boolean inputEnded;
  private long lastInput;
  private boolean waiting;

  SmtpEngine(SmtpService service, ConnectionInfo connection) {
    this.session = new SmtpSession(service, connection);
  }

  @Override
  public Demand opened(Effects out) {
    session.enter(out);
    progressed(out);
    session.greet();
    return settle();
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    session.enter(out);
    lastInput = out.nanoTime();
    pump(in);
    return settle();
  }

  private void progressed(Effects out) {
    lastInput = out.nanoTime();
    session.progressed();
  }

  /**
   * Lets the present input read until it wants a call or has read all; a change of input goes on
   * with the rest.
   */
  private void pump(ByteBuffer in) {
    SmtpSession.Input input;
    int before;
    do {
      input = session.input();
      before = in.remaining();
      input.receive(in);
    } while (session.wantsInput()
        && in.hasRemaining()
        && (session.input() != input || in.remaining() < before));
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    session.enter(out);
    progressed(out);
    session.resume(done);
    if (session.wantsInput()) {
      pump(NOTHING.duplicate());
    }
    return settle();
  }

  /** What is due before the driver gets the next demand. */
  private Demand settle() {
    if (session.wantsInput()) {
      if (stopping && !session.inTransaction()) {
        session.bye(new Verdict(421, "4.3.2", "Service shutting down"), "server stops");
      } else if (inputEnded) {
        session.close("end of input");
      }
    }
    waiting = session.wantsInput();
    session.leave();
    return session.demand();
  }

  @Override
  public Demand writable(Effects out) {
    return session.demand();
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    throw new IllegalStateException("SMTP transfers nothing", why);
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    session.enter(out);
    progressed(out);
    session.tlsEstablished(tls);
    return settle();
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    return session.demand();
  }

  @Override
  public Demand tick(Effects out) {
    session.enter(out);
    boolean due = out.nanoTime() - deadlineNanos() >= 0;
    if (session.paused() && due) {
      progressed(out);
      session.endPause();
      if (session.wantsInput()) {
        pump(NOTHING.duplicate());
      }
    } else if (waiting && due) {
      session.bye(new Verdict(421, "4.4.2", "Timeout"), "timeout");
    }
    return settle();
  }

  private long deadlineNanos() {
    if (session.paused()) {
      return session.pauseEnds();
    }
    return session.input().deadline(lastInput, session.lastProgress());
  }

  @Override
  public OptionalLong deadline() {
    return waiting || session.paused() ? OptionalLong.of(deadlineNanos()) : OptionalLong.empty();
  }

  @Override
  public Demand endOfInput(Effects out) {
    session.enter(out);
    inputEnded = true;
    return settle();
  }

  @Override
  public Demand stop(Effects out) {
    session.enter(out);
    stopping = true;
    return settle();
  }

  @Override
  public void connectionLost(Effects out) {
    session.enter(out);
    if (session.input() instanceof BurlInput burl) {
      out.release(burl.source());
    }
    session.resetTransaction();
    session.want(Demand.CLOSED);
    session.leave();
  }
}
