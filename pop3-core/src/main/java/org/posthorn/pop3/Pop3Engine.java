package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/** RFC 1939 behind the engine contract: hands what happens to the session and keeps the time. */
final class Pop3Engine implements Engine {
  private final Pop3Service service;
  private final Pop3Session session;
  private final Flow flow;
  private long openedAt;
  private long lastActivity;
  private boolean ending;

  Pop3Engine(Pop3Service service, ConnectionInfo connection) {
    this.service = service;
    this.session = new Pop3Session(service, connection);
    this.flow = session.flow();
  }

  @Override
  public Demand opened(Effects out) {
    openedAt = out.nanoTime();
    return turn(out, session::greet);
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    return turn(out, () -> session.input().take(in));
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    return turn(out, () -> flow.resume(done));
  }

  @Override
  public Demand writable(Effects out) {
    return turn(out, flow::writable);
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    return turn(out, () -> session.torn(why));
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    return turn(out, () -> session.tlsEstablished(tls));
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    return flow.demand();
  }

  @Override
  public Demand tick(Effects out) {
    if (flow.demand() == Demand.WAIT) {
      return turn(out, flow::tick);
    }
    // RFC 1939 section 3: without a word, and without the UPDATE state.
    boolean over = deadline().orElse(Long.MAX_VALUE) - out.nanoTime() <= 0;
    return over ? flow.turn(out, this::timeOut) : flow.demand();
  }

  private void timeOut() {
    if (flow.demand() == Demand.INPUT) {
      session.close("timeout");
    } else {
      session.leave();
      flow.abort("the client does not read");
    }
  }

  @Override
  public OptionalLong deadline() {
    return switch (flow.demand()) {
      case WAIT -> OptionalLong.of(flow.waitUntil());
      case INPUT, DRAIN -> OptionalLong.of(patienceEnds());
      case COMPLETION, TLS, CLOSED -> OptionalLong.empty();
    };
  }

  private long patienceEnds() {
    long idle = lastActivity + service.limits().idle().toNanos();
    return session.state() == Pop3State.TRANSACTION
        ? idle
        : Math.min(idle, openedAt + service.limits().login().toNanos());
  }

  @Override
  public Demand endOfInput(Effects out) {
    return end(out);
  }

  @Override
  public Demand stop(Effects out) {
    return end(out);
  }

  /** The command under way is still done, then the connection closes without the UPDATE state. */
  private Demand end(Effects out) {
    ending = true;
    return turn(out, () -> {});
  }

  @Override
  public void connectionLost(Effects out) {
    flow.turn(
        out,
        () -> {
          session.leave();
          flow.lost();
        });
  }

  private Demand turn(Effects out, Runnable work) {
    lastActivity = out.nanoTime();
    return flow.turn(
        out,
        () -> {
          work.run();
          flow.runSteps();
          if (ending && flow.quiet()) {
            session.close("end of input or server stop");
          }
        });
  }
}
