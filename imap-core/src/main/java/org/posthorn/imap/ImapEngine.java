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
    flow.begin(out);
    greeted = true;
    session.opened();
    lastInput = out.nanoTime();
    session.untagged(
        Status.OK, new CapabilityCode(service.registry().greeting(session)), service.greeting());
    return end();
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    flow.begin(out);
    lastInput = out.nanoTime();
    while (in.hasRemaining() && flow.quiet()) {
      session.input().step(in);
      flow.runSteps();
      session.push();
      if (session.layers().takeChange()) {
        // What remains has to pass through the new layer first: it is given again.
        break;
      }
      if (in.hasRemaining() && flow.quiet()) {
        // A peer that sends commands but does not read the answers has to wait.
        flow.whenWritable(() -> {});
        flow.runSteps();
      }
    }
    return end();
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    flow.begin(out);
    lastInput = out.nanoTime();
    flow.resume(done);
    return end();
  }

  @Override
  public Demand writable(Effects out) {
    flow.begin(out);
    flow.writable();
    return end();
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    flow.begin(out);
    session.fault("transfer", why);
    session.close("transfer failed");
    return end();
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    flow.begin(out);
    flow.tlsEstablished();
    session.tls(tls);
    return end();
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    flow.begin(out);
    session.hinted(which);
    Notifications notifications = session.notificationsOrNull();
    if (notifications != null) {
      notifications.hint(which);
    }
    return end();
  }

  @Override
  public Demand tick(Effects out) {
    flow.begin(out);
    flow.tick();
    flow.runSteps();
    Waiting waiting = session.waiting();
    Notifications notifications = session.notificationsOrNull();
    if (notifications != null) {
      notifications.tick();
    }
    if (flow.demand() == Demand.COMPLETION && session.isAnswering()) {
      session.progress().tick();
    }
    if (!flow.quiet()) {
      return end();
    }
    if (waiting != null) {
      waiting.tick();
    } else if (greeted && out.nanoTime() - autologout() >= 0) {
      session.bye(null, "Autologout, idle for too long");
    }
    return end();
  }

  @Override
  public OptionalLong deadline() {
    Demand demand = flow.demand();
    if (demand == Demand.WAIT) {
      return OptionalLong.of(flow.waitUntil());
    }
    if (demand == Demand.INPUT) {
      return OptionalLong.of(atRestUntil());
    }
    if (demand == Demand.COMPLETION && session.isAnswering()) {
      return OptionalLong.of(session.progress().wakeUp());
    }
    return OptionalLong.empty();
  }

  @Override
  public Demand endOfInput(Effects out) {
    flow.begin(out);
    session.stop();
    if (flow.quiet()) {
      session.close("client closed");
    }
    return end();
  }

  @Override
  public Demand stop(Effects out) {
    flow.begin(out);
    session.stop();
    if (flow.quiet() && !session.input().midCommand()) {
      session.bye(null, "Server is going down");
    }
    return end();
  }

  @Override
  public void connectionLost(Effects out) {
    flow.begin(out);
    session.lost();
    end();
  }

  private Demand end() {
    flow.runSteps();
    session.push();
    Demand demand = flow.end();
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
