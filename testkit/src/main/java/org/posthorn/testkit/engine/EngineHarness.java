package org.posthorn.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/**
 * Drives one engine without I/O: the whole of a driver in one thread, made by {@link EngineStage}.
 * Every method returns when nothing is left to do without new input, time, TLS or a held call.
 * Breaches of the contract throw {@link IllegalStateException}.
 */
public final class EngineHarness {
  /** Completions in one go before an engine is taken to be running in circles. */
  private static final int MAX_STEPS = 1_000_000;

  private static final TlsInfo TLS =
      new TlsInfo("TLSv1.3", "TLS_AES_128_GCM_SHA256", null, List.of(), null, null);

  private final EngineStage stage;
  private final Engine engine;
  private final Transport transport;
  private final RecordingEffects effects;
  private CallRule rule = CallRule.RUN;
  private boolean fanOutBackwards;
  private Demand demand = Demand.CLOSED;
  private ByteBuffer input = ByteBuffer.allocate(0);
  private boolean callHeld;
  private boolean eof;
  private boolean gone;
  private boolean lost;

  EngineHarness(EngineStage stage, Engine engine, long seed, int window, boolean implicitTls) {
    this.stage = stage;
    this.engine = engine;
    this.transport = new Transport(window);
    this.effects = new RecordingEffects(stage.clock(), seed, transport);
    if (implicitTls) {
      turn(out -> engine.tlsEstablished(TLS, out));
    }
    turn(engine::opened);
  }

  /** How calls are treated from now on. */
  public EngineHarness calls(CallRule newRule) {
    rule = newRule;
    return this;
  }

  /** Runs the parts of an {@link org.posthorn.protocol.All} in reverse from now on. */
  public EngineHarness fanOutBackwards() {
    fanOutBackwards = true;
    return this;
  }

  public Demand demand() {
    return demand;
  }

  public List<Event> events() {
    return effects.events();
  }

  /** The first event of a kind, null when there was none. */
  public <E extends Event> @Nullable E event(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  /** Whether everything was sent and the connection is closed. */
  public boolean closed() {
    return gone;
  }

  /** As the engine gave it, empty before. */
  public String closeReason() {
    return effects.endReason();
  }

  public boolean compressed() {
    return effects.compressed();
  }

  /** When the engine wants a tick. */
  public OptionalLong deadline() {
    return engine.deadline();
  }

  /** Input that the engine has not taken. */
  public int unreadInput() {
    return input.remaining();
  }

  /**
   * Gives octets; after a request for TLS and before {@link #establishTls} they go to the TLS
   * layer, which cannot use them.
   */
  public void send(byte[] octets) {
    if (gone || demand == Demand.TLS) {
      return;
    }
    ByteBuffer more = ByteBuffer.allocate(input.remaining() + octets.length);
    input = more.put(input).put(octets).flip();
    stage.settle();
  }

  /** Gives text as UTF-8. */
  public void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives octets in pieces. */
  public void send(byte[] octets, Feed feed) {
    feed.cut(octets).forEach(this::send);
  }

  /** Output since the last time; makes room in the window. */
  public byte[] read() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] some = transport.take(); some.length > 0; some = transport.take()) {
      all.writeBytes(some);
      stage.settle();
    }
    return all.toByteArray();
  }

  /** Output since the last time, as UTF-8. */
  public String readText() {
    return new String(read(), StandardCharsets.UTF_8);
  }

  /** As much output as the window holds and no more; then makes room. */
  public byte[] readWindow() {
    byte[] octets = transport.take();
    stage.settle();
    return octets;
  }

  /** The peer sends no more. */
  public void endInput() {
    eof = true;
    stage.settle();
  }

  /** The peer is gone. */
  public void disconnect() {
    if (!gone) {
      lose();
      stage.settle();
    }
  }

  /** The server wants to stop. */
  public void stop() {
    if (demand != Demand.CLOSED) {
      turn(engine::stop);
      stage.settle();
    }
  }

  /** The client starts the handshake that the engine asked for. */
  public void establishTls() {
    establishTls(TLS);
  }

  /** The client starts the handshake that the engine asked for. */
  public void establishTls(TlsInfo tls) {
    if (!effects.takeTlsRequest()) {
      throw new IllegalStateException("the engine did not ask for TLS");
    }
    Turn.TLS_ESTABLISHED.requireLegal(demand);
    turn(out -> engine.tlsEstablished(tls, out));
    stage.settle();
  }

  /** The call that a {@link CallRule} holds back, null when there is none. */
  public @Nullable StoreCall<?> heldCall() {
    HeldCall<?> held = effects.outstanding();
    return callHeld && held != null ? held.call() : null;
  }

  /** Whether the engine asked the held call to stop. */
  public boolean heldCallCancelled() {
    HeldCall<?> held = effects.outstanding();
    return held != null && held.cancelled();
  }

  /** The held call says how far it is. */
  public void heldCallProgresses(long done, long goal) {
    requireHeld().progress(done, goal);
  }

  /** Runs the held call and gives its outcome to the engine. */
  public void runHeldCall() {
    answer(requireHeld().run(fanOutBackwards));
    stage.settle();
  }

  /** The held call fails. */
  public void failHeldCall(StoreException why) {
    requireHeld();
    answer(new Outcome.Failed<>(why));
    stage.settle();
  }

  private HeldCall<?> requireHeld() {
    HeldCall<?> held = effects.outstanding();
    if (!callHeld || held == null) {
      throw new IllegalStateException("no call is held");
    }
    return held;
  }

  /** Does all that can be done now; whether that was anything. */
  boolean settle() {
    int steps = 0;
    while (step()) {
      if (++steps > MAX_STEPS) {
        throw new IllegalStateException("the engine runs in circles at demand " + demand);
      }
    }
    return steps > 0;
  }

  private boolean step() {
    if (gone) {
      return sayGoodbye();
    }
    flush();
    return startCall()
        || drained()
        || deliverHints()
        || receive()
        || deliverEof()
        || tick()
        || closeWhenSent();
  }

  private void flush() {
    try {
      transport.flush(CallContext.NONE);
    } catch (StoreException e) {
      transport.drop();
      if (demand != Demand.CLOSED) {
        turn(out -> engine.transferFailed(e, out));
      }
    }
  }

  private boolean startCall() {
    HeldCall<?> call = effects.outstanding();
    if (callHeld || call == null) {
      return false;
    }
    CallRule.Decision decision = rule.decide(call.call());
    if (decision instanceof CallRule.Hold) {
      callHeld = true;
      return false;
    }
    answer(
        decision instanceof CallRule.Fail fail
            ? new Outcome.Failed<>(fail.why())
            : call.run(fanOutBackwards));
    return true;
  }

  private void answer(Outcome<?> outcome) {
    callHeld = false;
    effects.answered();
    Turn.RESUME.requireLegal(demand);
    turn(out -> engine.resume(outcome, out));
  }

  private boolean drained() {
    if (demand != Demand.DRAIN || !transport.writable()) {
      return false;
    }
    turn(engine::writable);
    return true;
  }

  private boolean deliverHints() {
    List<MailboxId> hints = effects.takeHints();
    if (demand == Demand.CLOSED || hints.isEmpty()) {
      return false;
    }
    hints.forEach(hint -> turn(out -> engine.hint(hint, out)));
    return true;
  }

  private boolean receive() {
    if (demand != Demand.INPUT || !input.hasRemaining()) {
      return false;
    }
    int before = input.remaining();
    turn(out -> engine.receive(input, out));
    if (demand == Demand.INPUT && input.remaining() == before) {
      throw new IllegalStateException("the engine wants input and takes none");
    }
    if (effects.tlsRequested()) {
      input = ByteBuffer.allocate(0);
    }
    return true;
  }

  private boolean deliverEof() {
    if (!eof || demand == Demand.CLOSED || input.hasRemaining()) {
      return false;
    }
    eof = false;
    turn(engine::endOfInput);
    return true;
  }

  private boolean tick() {
    if (nextDeadline() > stage.clock().nanoTime()) {
      return false;
    }
    turn(engine::tick);
    return true;
  }

  /** {@link Long#MAX_VALUE} when no tick is wanted. */
  long nextDeadline() {
    return gone || demand == Demand.CLOSED
        ? Long.MAX_VALUE
        : engine.deadline().orElse(Long.MAX_VALUE);
  }

  private boolean closeWhenSent() {
    boolean abort = effects.end() == RecordingEffects.End.ABORT;
    boolean close = effects.end() == RecordingEffects.End.CLOSE && transport.isEmpty();
    boolean waiting = callHeld && !abort;
    if (waiting || !(abort || close)) {
      return false;
    }
    lose();
    return true;
  }

  private void lose() {
    gone = true;
    input = ByteBuffer.allocate(0);
    transport.drop();
    effects.cancelOutstanding();
  }

  /** A running call finishes first; one that was not begun is not run any more. */
  private boolean sayGoodbye() {
    if (lost || callHeld) {
      return false;
    }
    lost = true;
    effects.beginTurn();
    try {
      engine.connectionLost(effects);
    } finally {
      effects.endTurn();
    }
    demand = Demand.CLOSED;
    transport.drop();
    return true;
  }

  private void turn(Function<Effects, Demand> method) {
    effects.beginTurn();
    try {
      demand = method.apply(effects);
    } finally {
      effects.endTurn();
    }
    boolean outstanding = effects.outstanding() != null;
    if (outstanding != (demand == Demand.COMPLETION) && demand != Demand.CLOSED) {
      throw new IllegalStateException(
          "demand " + demand + (outstanding ? " with a call outstanding" : " without a call"));
    }
    if ((demand == Demand.TLS) != effects.tlsRequested() && demand != Demand.CLOSED) {
      throw new IllegalStateException("demand TLS and startTls() go together");
    }
  }
}
