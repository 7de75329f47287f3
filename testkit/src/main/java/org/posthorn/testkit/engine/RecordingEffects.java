package org.posthorn.testkit.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallProgress;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;

/** Notes what an engine does to the world and refuses what the contract forbids. */
final class RecordingEffects implements Effects {
  /** What the engine asked for at the end of the connection. */
  enum End {
    OPEN,
    CLOSE,
    ABORT
  }

  private final ManualClock clock;
  private final Random random;
  private final Transport transport;
  private final List<Event> events = new ArrayList<>();
  private final Set<MailboxId> hints = new LinkedHashSet<>();
  private boolean inTurn;
  private @Nullable HeldCall<?> outstanding;
  private boolean tlsRequested;
  private boolean compressed;
  private End end = End.OPEN;
  private String endReason = "";

  RecordingEffects(ManualClock clock, long seed, Transport transport) {
    this.clock = clock;
    this.random = new Random(seed);
    this.transport = transport;
  }

  void beginTurn() {
    if (inTurn) {
      throw new IllegalStateException("an engine method was called inside another");
    }
    inTurn = true;
  }

  void endTurn() {
    inTurn = false;
  }

  private void requireTurn() {
    if (!inTurn) {
      throw new IllegalStateException("Effects used outside an engine method");
    }
  }

  private void requireOpen() {
    requireTurn();
    if (end != End.OPEN) {
      throw new IllegalStateException("output after close");
    }
  }

  @Override
  public boolean writable() {
    requireTurn();
    return transport.writable();
  }

  @Override
  public void write(ByteBuffer bytes) {
    requireOpen();
    transport.write(bytes);
  }

  @Override
  public void transfer(OutputSource source) {
    requireOpen();
    transport.transfer(source);
  }

  @Override
  public void release(AutoCloseable handle) {
    requireTurn();
    transport.release(handle);
  }

  @Override
  public <R> void call(StoreCall<R> call) {
    requireTurn();
    if (outstanding != null) {
      throw new IllegalStateException(
          "second call " + call + " while " + outstanding.call() + " is outstanding");
    }
    outstanding = new HeldCall<>(call);
  }

  @Override
  public CallProgress progress() {
    requireTurn();
    return outstanding == null ? CallProgress.UNKNOWN : outstanding.progress();
  }

  @Override
  public void cancel() {
    requireTurn();
    cancelOutstanding();
  }

  void cancelOutstanding() {
    if (outstanding != null) {
      outstanding.cancel();
    }
  }

  @Override
  public HintSink hints() {
    requireTurn();
    return this::addHint;
  }

  private void addHint(MailboxId which) {
    synchronized (hints) {
      hints.add(which);
    }
  }

  @Override
  public long nanoTime() {
    requireTurn();
    return clock.nanoTime();
  }

  @Override
  public Instant now() {
    requireTurn();
    return clock.now();
  }

  @Override
  public void random(byte[] into) {
    requireTurn();
    random.nextBytes(into);
  }

  @Override
  public void event(Event event) {
    requireTurn();
    events.add(event);
  }

  @Override
  public void startTls() {
    requireOpen();
    tlsRequested = true;
  }

  @Override
  public void startCompression() {
    requireOpen();
    compressed = true;
  }

  @Override
  public void stopCompression() {
    requireOpen();
    compressed = false;
  }

  @Override
  public void close(String reason) {
    requireTurn();
    if (end == End.OPEN) {
      end = End.CLOSE;
      endReason = reason;
    }
  }

  @Override
  public void abort(String reason) {
    requireTurn();
    end = End.ABORT;
    endReason = reason;
  }

  /** The call that was recorded and has not been answered. */
  @Nullable HeldCall<?> outstanding() {
    return outstanding;
  }

  void answered() {
    outstanding = null;
  }

  /** Hints that came since the last time. */
  List<MailboxId> takeHints() {
    synchronized (hints) {
      List<MailboxId> taken = List.copyOf(hints);
      hints.clear();
      return taken;
    }
  }

  boolean takeTlsRequest() {
    boolean taken = tlsRequested;
    tlsRequested = false;
    return taken;
  }

  boolean tlsRequested() {
    return tlsRequested;
  }

  boolean compressed() {
    return compressed;
  }

  End end() {
    return end;
  }

  String endReason() {
    return endReason;
  }

  List<Event> events() {
    return events;
  }
}
