package org.posthorn.server;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/**
 * Runs one engine. Whatever happens is noted first; {@link #run} then calls the engine for as long
 * as something noted is legal at its {@link Demand}, so that nothing re-enters and no stack grows.
 * After {@link #MAX_STEPS} steps or {@link #MAX_NANOS} others get their turn.
 */
final class EngineLoop implements Runnable {
  static final int MAX_STEPS = 64;
  static final long MAX_NANOS = 1_000_000;

  /** An engine whose deadline stays in the past is ticked no more often than this. */
  private static final long MIN_TICK_NANOS = 10_000_000;

  private final Connection connection;
  private final Wire wire;
  private final ServerCore core;
  private final ConnectionInfo info;
  private final String protocol;
  private final Engine engine;
  private final Input input = new Input();
  private final Output output;
  private final Calls calls;
  private final Hints hints = new Hints(this);
  private final Turn turn;
  private final Alarm alarm;
  private final Alarm stall;

  private volatile Object shareKey;
  private Demand demand = Demand.WAIT;
  private long sentBefore = -1;
  private boolean running;
  private boolean signalled;
  private boolean tickDue;
  private boolean stopDue;
  private boolean inputEnded;
  private boolean inputEndTold;
  private boolean outputEnded;
  private @Nullable TlsInfo tlsDue;
  private @Nullable StoreException tornDue;
  private boolean lost;
  private @Nullable String lostReason;
  private boolean finished;

  EngineLoop(
      Connection connection,
      Wire wire,
      ServerCore core,
      ConnectionInfo info,
      EngineFactory service,
      Engine engine) {
    this.connection = connection;
    this.wire = wire;
    this.core = core;
    this.info = info;
    this.protocol = service.protocol();
    this.engine = engine;
    this.shareKey = this;
    Lane storeLane = service.answersAtOnce() ? Lane.INLINE : Lane.BLOCKING;
    this.output = new Output(this, wire, core, storeLane);
    this.calls = new Calls(this, core.lanes(), core.limits().callTimeout().toNanos(), storeLane);
    this.turn = new Turn(this, output, calls, hints, core);
    this.alarm = new Alarm(wire, this);
    this.stall = new Alarm(wire, this);
  }

  /**
   * @param tls what was agreed upon where TLS came first
   */
  void open(@Nullable TlsInfo tls) {
    turn.begin();
    try {
      if (tls != null) {
        told(engine().tlsEstablished(tls, turn));
      }
      told(engine().opened(turn));
    } catch (RuntimeException | Error e) {
      broken(e);
    }
    run();
  }

  void received(ByteBuffer octets) {
    if (demand == Demand.CLOSED) {
      octets.position(octets.limit());
      return;
    }
    input.add(octets);
    run();
    input.keep();
  }

  void secured(TlsInfo tls) {
    output.resume();
    turn.tlsStands();
    tlsDue = tls;
    run();
  }

  void endOfInput() {
    inputEnded = true;
    if (outputEnded) {
      wire.close();
    }
    run();
  }

  void stop() {
    stopDue = true;
    run();
  }

  /** The transfer under way failed, what was behind it is dropped. */
  void torn(StoreException why) {
    tornDue = why;
  }

  void lost(String reason) {
    lost = true;
    lostReason = reason;
    alarm.cancel();
    stall.cancel();
    output.drop();
    calls.cancel();
    run();
  }

  /** Any thread. */
  void execute(Runnable task) {
    wire.executor().execute(task);
  }

  /** In whose share of the lanes this connection's calls run. */
  Object shareKey() {
    return shareKey;
  }

  /** Goes on as far as possible. */
  @Override
  public void run() {
    if (finished) {
      return;
    }
    if (running) {
      signalled = true;
      return;
    }
    running = true;
    boolean tired = false;
    try {
      turn.begin();
      do {
        signalled = false;
        tired = steps();
        output.pump();
      } while (signalled && !tired);
      watch();
    } catch (Inflate.MalformedInputException e) {
      abort(String.valueOf(e.getMessage()));
      signalled = true;
    } catch (RuntimeException | Error e) {
      broken(e);
      signalled = true;
    } finally {
      running = false;
    }
    if (tired || signalled) {
      execute(this);
    }
  }

  /** Returns whether there is more to do in another turn. */
  private boolean steps() {
    for (int steps = 0; step(); ) {
      if (++steps >= MAX_STEPS || System.nanoTime() - turn.nanoTime() > MAX_NANOS) {
        return true;
      }
    }
    return false;
  }

  /** Reading and timer as the engine wants them now. */
  private void watch() {
    if (finished || lost) {
      return;
    }
    wire.reading(
        !inputEnded
            && (input.isEmpty()
                || (demand == Demand.INPUT && input.exhausted() && output.writable())));
    watchStall();
    if (demand != Demand.CLOSED) {
      long deadline = engine.deadline().orElse(Alarm.NEVER);
      if (deadline != Alarm.NEVER && deadline - turn.nanoTime() <= 0) {
        deadline = turn.nanoTime() + MIN_TICK_NANOS;
      }
      alarm.set(deadline);
    }
  }

  /** Output that makes no progress has its time; every octet that the wire takes begins it anew. */
  private void watchStall() {
    if (!output.waiting()) {
      stall.set(Alarm.NEVER);
      sentBefore = -1;
    } else if (output.sent() != sentBefore) {
      sentBefore = output.sent();
      stall.set(turn.nanoTime() + core.limits().stallTimeout().toNanos());
    }
  }

  /** One thing. Returns false when there is nothing to do until something happens. */
  private boolean step() {
    if (lost) {
      return lastStep();
    }
    if (calls.start()) {
      return true;
    }
    if (calls.done() && (demand == Demand.COMPLETION || demand == Demand.CLOSED)) {
      return completion();
    }
    if (demand == Demand.CLOSED) {
      return false;
    }
    return anyTime() || atDemand();
  }

  private boolean completion() {
    Outcome<?> done = calls.take();
    return told(engine().resume(done, turn));
  }

  /** What is legal at every demand. */
  private boolean anyTime() {
    StoreException torn = tornDue;
    if (torn != null) {
      tornDue = null;
      if (demand == Demand.DRAIN) {
        told(engine().transferFailed(torn, turn));
      } else {
        fault("transfer", torn);
      }
      abort("transfer failed");
      return true;
    }
    if (stopDue) {
      stopDue = false;
      return told(engine().stop(turn));
    }
    if (tickDue) {
      tickDue = false;
      return told(engine().tick(turn));
    }
    Set<MailboxId> changed = hints.take();
    if (!changed.isEmpty()) {
      for (MailboxId which : changed) {
        if (demand != Demand.CLOSED) {
          told(engine().hint(which, turn));
        }
      }
      return true;
    }
    if (inputEnded && !inputEndTold && input.exhausted()) {
      inputEndTold = true;
      return told(engine().endOfInput(turn));
    }
    return false;
  }

  private boolean atDemand() {
    if (demand == Demand.INPUT) {
      return input.exhausted() ? starved() : mayAnswer() && receive();
    }
    if (demand == Demand.DRAIN) {
      output.pump();
      return output.drained() && told(engine().writable(turn));
    }
    TlsInfo tls = tlsDue;
    if (demand == Demand.TLS && tls != null) {
      tlsDue = null;
      return told(engine().tlsEstablished(tls, turn));
    }
    return false;
  }

  /** An engine that waits for more when no more can come has nothing left to do. */
  private boolean starved() {
    if (!inputEndTold) {
      return false;
    }
    turn.open();
    turn.close("end of input");
    turn.shut();
    closing();
    demand = Demand.CLOSED;
    return true;
  }

  /** A peer that does not read its answers gives no more commands. */
  private boolean mayAnswer() {
    if (!output.writable()) {
      output.pump();
    }
    return output.writable();
  }

  private boolean receive() {
    ByteBuffer next = input.next();
    int before = next.remaining();
    if (before > 0) {
      told(engine().receive(next, turn));
    }
    if (next.remaining() == before && demand == Demand.INPUT) {
      input.wantsMore();
    }
    return true;
  }

  /**
   * The wire is gone: the call under way finishes, no other begins, the engine lets go of
   * everything.
   */
  private boolean lastStep() {
    if (calls.done()) {
      return completion();
    }
    if (calls.refuse(StoreException.Code.CANCELLED, "connection lost")) {
      return true;
    }
    if (!calls.running()) {
      finish();
    }
    return false;
  }

  private void finish() {
    finished = true;
    try {
      engine().connectionLost(turn);
      told(Demand.CLOSED);
    } catch (RuntimeException | Error e) {
      turn.shut();
      fault("connectionLost", e);
    }
    input.clear();
    String reason = turn.closeReason();
    event(
        Instant.now(),
        new Event.Closed(
            reason != null ? reason : String.valueOf(lostReason), input.received(), output.sent()));
    connection.finished();
  }

  /** For one call; what it demands next goes to {@link #told}. */
  private Engine engine() {
    turn.open();
    return engine;
  }

  /** Always true: something was done. */
  private boolean told(Demand next) {
    turn.shut();
    demand = checked(next);
    return true;
  }

  private Demand checked(Demand next) {
    if (turn.takeCompressionStart()) {
      input.startInflate();
    }
    if (turn.takeCompressionEnd()) {
      input.stopInflate();
    }
    if (lost) {
      return next;
    }
    if (turn.closeReason() != null || next == Demand.CLOSED) {
      closing();
      return Demand.CLOSED;
    }
    if (next == Demand.COMPLETION && !calls.outstanding()) {
      throw new IllegalStateException("COMPLETION demanded without a call");
    }
    if (next == Demand.TLS && !turn.tlsAsked() && tlsDue == null) {
      throw new IllegalStateException("TLS demanded without startTls");
    }
    return next;
  }

  private void closing() {
    if (turn.closeReason() == null) {
      turn.open();
      turn.close("closed");
      turn.shut();
    }
    if (turn.aborted()) {
      wire.close();
    } else if (demand != Demand.CLOSED) {
      input.clear();
      alarm.set(System.nanoTime() + core.limits().closeTimeout().toNanos());
    }
  }

  void ring(Alarm which) {
    if (which == stall) {
      abort("peer does not read");
    } else if (demand == Demand.CLOSED) {
      wire.close();
    } else {
      tickDue = true;
      run();
    }
  }

  /** The output came to {@link Output.Mark#START_TLS}. */
  void beginTls() {
    output.hold();
    connection.startTls(input.takeUnread());
  }

  /** The output is sent and ended. */
  void outputEnded(long lingerNanos) {
    outputEnded = true;
    if (inputEnded || core.stopping()) {
      wire.close();
    } else {
      alarm.set(System.nanoTime() + lingerNanos);
    }
  }

  private void abort(String reason) {
    turn.open();
    turn.abort(reason);
    turn.shut();
    demand = Demand.CLOSED;
    wire.close();
  }

  /** The engine, or this class, is wrong: the connection ends, the server does not. */
  private void broken(Throwable thrown) {
    fault("engine", thrown);
    abort("internal error");
  }

  /** Any thread. */
  void fault(String during, Throwable thrown) {
    event(Instant.now(), new Event.Fault(during, thrown));
  }

  void event(Instant when, Event event) {
    if (event instanceof Event.LoggedIn login) {
      shareKey = login.account();
    }
    core.event(when, protocol, info, event);
  }
}
