package org.posthorn.imap;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.posthorn.imap.notify.Notifications;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/** RFC 3501 behind the engine contract: hands what happens to the session and keeps the time. */
final class ImapEngine implements Engine {
  private final ImapService service;
  private final Session session;
  private final Flow flow;
  private long lastInput;
  private boolean greeted;

  ImapEngine(ImapService service, ConnectionInfo connection) {
    this.service = service;
    this.session = new Session(service, connection);
    this.flow = session.flow();
  }

  @Override
  public Demand opened(Effects out) {
    return turn(
        out,
        () -> {
          greeted = true;
          session.opened();
          lastInput = out.nanoTime();
          session.untagged(
              Status.OK,
              new CapabilityCode(service.registry().greeting(session)),
              service.greeting());
        });
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    return turn(
        out,
        () -> {
          lastInput = out.nanoTime();
          while (in.hasRemaining() && flow.quiet()) {
            session.input().step(in);
            flow.runSteps();
            session.push();
            if (session.takeLayerChange()) {
              // What remains has to pass through the new layer first: it is given again.
              return;
            }
            if (in.hasRemaining() && flow.quiet()) {
              // A peer that sends commands but does not read the answers has to wait.
              flow.whenWritable(() -> {});
              flow.runSteps();
            }
          }
        });
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    return turn(
        out,
        () -> {
          lastInput = out.nanoTime();
          flow.resume(done);
        });
  }

  @Override
  public Demand writable(Effects out) {
    return turn(out, flow::writable);
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    return turn(
        out,
        () -> {
          session.fault("transfer", why);
          session.close("transfer failed");
        });
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    return turn(
        out,
        () -> {
          flow.tlsEstablished();
          session.tls(tls);
        });
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    return turn(
        out,
        () -> {
          Selected selected = session.selectedOrNull();
          if (selected != null && selected.is(which)) {
            selected.touch();
          }
          Notifications notifications = session.notificationsOrNull();
          if (notifications != null) {
            notifications.hint(which);
          }
        });
  }

  @Override
  public Demand tick(Effects out) {
    return turn(
        out,
        () -> {
          flow.tick();
          flow.runSteps();
          Waiting waiting = session.waiting();
          Notifications notifications = session.notificationsOrNull();
          if (notifications != null) {
            notifications.tick();
          }
          if (!flow.quiet()) {
            return;
          }
          if (waiting != null) {
            waiting.tick();
          } else if (greeted && out.nanoTime() - autologout() >= 0) {
            session.bye(null, "Autologout, idle for too long");
          }
        });
  }

  @Override
  public OptionalLong deadline() {
    return switch (flow.demand()) {
      case WAIT -> OptionalLong.of(flow.waitUntil());
      case INPUT -> OptionalLong.of(atRestUntil());
      default -> OptionalLong.empty();
    };
  }

  @Override
  public Demand endOfInput(Effects out) {
    return turn(
        out,
        () -> {
          session.stop();
          if (flow.quiet()) {
            session.close("client closed");
          }
        });
  }

  @Override
  public Demand stop(Effects out) {
    return turn(
        out,
        () -> {
          session.stop();
          if (flow.quiet() && !session.input().midCommand()) {
            session.bye(null, "Server is going down");
          }
        });
  }

  @Override
  public void connectionLost(Effects out) {
    turn(out, session::lost);
  }

  private Demand turn(Effects out, Runnable work) {
    Demand demand =
        flow.turn(
            out,
            () -> {
              work.run();
              flow.runSteps();
              session.push();
            });
    if (demand == Demand.INPUT) {
      session.out().trim();
    }
    return demand;
  }

  private long atRestUntil() {
    Waiting waiting = session.waiting();
    long until = waiting == null ? autologout() : waiting.wakeUp();
    Notifications notifications = session.notificationsOrNull();
    if (notifications != null && notifications.wakeUp() - until < 0) {
      return notifications.wakeUp();
    }
    return until;
  }

  private long autologout() {
    ImapLimits limits = service.limits();
    return session.state() == State.NOT_AUTHENTICATED
        ? session.unknownSince() + limits.login().toNanos()
        : lastInput + limits.idle().toNanos();
  }
}
