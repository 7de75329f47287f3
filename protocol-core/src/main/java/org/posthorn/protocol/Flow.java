package org.posthorn.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * What an engine waits for and how it goes on then, for engines that are written as steps: each
 * step ends by naming the next one and what has to happen before. Confined like its engine.
 */
public final class Flow {
  private final Consumer<Effects> flush;
  private @Nullable Effects effects;
  private @Nullable Runnable next;
  private @Nullable Pending<?> pending;
  private @Nullable Runnable afterDrain;
  private @Nullable Runnable afterWait;
  private long waitUntil;
  private boolean awaitingTls;
  private boolean closed;

  private record Pending<R>(Consumer<R> then, Consumer<StoreException> failed) {
    @SuppressWarnings("unchecked") // the driver gives back what this very call returned
    void complete(Outcome<?> done) {
      if (done instanceof Outcome.Done<?> value) {
        then.accept((R) value.value());
      } else {
        failed.accept(((Outcome.Failed<?>) done).why());
      }
    }
  }

  /**
   * Awaits input at first.
   *
   * @param flush writes out what the engine has gathered; called before anything whose place in the
   *     output matters, and at the end of a turn
   */
  public Flow(Consumer<Effects> flush) {
    this.flush = flush;
  }

  /** Does the work of one engine method and all that follows from it without waiting. */
  public Demand turn(Effects out, Runnable work) {
    begin(out);
    work.run();
    return end();
  }

  /** One engine method begins: its effects are there until {@link #end}. */
  public void begin(Effects out) {
    effects = out;
  }

  /** Does all that follows without waiting; then the engine method returns what this gives. */
  public Demand end() {
    runSteps();
    flush.accept(effects());
    effects = null;
    return demand();
  }

  /** Runs what {@link #whenWritable} and the like have put off, on a flat stack. */
  public void runSteps() {
    while (next != null && !closed) {
      Runnable step = next;
      next = null;
      step.run();
    }
  }

  /** Effects of the present turn. */
  public Effects effects() {
    Effects out = effects;
    if (out == null) {
      throw new IllegalStateException("outside a turn");
    }
    return out;
  }

  /** What has to happen next. */
  public Demand demand() {
    if (closed) {
      return Demand.CLOSED;
    }
    if (pending != null) {
      return Demand.COMPLETION;
    }
    if (awaitingTls) {
      return Demand.TLS;
    }
    if (afterDrain != null) {
      return Demand.DRAIN;
    }
    return afterWait != null ? Demand.WAIT : Demand.INPUT;
  }

  /** Whether nothing is awaited but input. */
  public boolean quiet() {
    return demand() == Demand.INPUT && next == null;
  }

  /** Whether {@link #close}, {@link #abort} or {@link #lost} was called. */
  public boolean closed() {
    return closed;
  }

  /** Has work done elsewhere, then goes on with its result or its failure. */
  public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
    if (pending != null) {
      throw new IllegalStateException("a call is outstanding");
    }
    flush.accept(effects());
    pending = new Pending<>(then, failed);
    effects().call(call);
  }

  /** The outstanding call has finished. After the end a handle that it gives is only released. */
  public void resume(Outcome<?> done) {
    Pending<?> finished = pending;
    pending = null;
    if (finished == null) {
      throw new IllegalStateException("no call is outstanding");
    }
    if (!closed) {
      finished.complete(done);
    } else if (done instanceof Outcome.Done<?> value
        && value.value() instanceof AutoCloseable handle) {
      effects().release(handle);
    }
  }

  /** Goes on as soon as the transport takes more. */
  public void whenWritable(Runnable step) {
    flush.accept(effects());
    if (effects().writable()) {
      next = step;
    } else {
      afterDrain = step;
    }
  }

  /** For {@link Engine#writable}. */
  public void writable() {
    next = afterDrain;
    afterDrain = null;
  }

  /** Goes on after a time, without reading input meanwhile. */
  public void after(long nanos, Runnable step) {
    if (nanos <= 0) {
      next = step;
    } else {
      waitUntil = effects().nanoTime() + nanos;
      afterWait = step;
    }
  }

  /** For {@link Engine#tick}: goes on if the time of {@link #after} is over. */
  public void tick() {
    if (afterWait != null && effects().nanoTime() - waitUntil >= 0) {
      next = afterWait;
      afterWait = null;
    }
  }

  /** When the wait is over; only meaningful at the demand WAIT. */
  public long waitUntil() {
    return waitUntil;
  }

  /** Sends octets behind what was gathered. */
  public void write(ByteBuffer octets) {
    flush.accept(effects());
    effects().write(octets);
  }

  /** Sends octets that nobody changes any more behind what was gathered. */
  public void give(ByteBuffer octets) {
    flush.accept(effects());
    effects().give(octets);
  }

  /** Sends a source behind what was gathered. */
  public void transfer(OutputSource source) {
    flush.accept(effects());
    effects().transfer(source);
  }

  /** Hands what was gathered over now. */
  public void flush() {
    flush.accept(effects());
  }

  /** Starts TLS behind what was written. */
  public void startTls() {
    flush.accept(effects());
    awaitingTls = true;
    effects().startTls();
  }

  /** For {@link Engine#tlsEstablished}. */
  public void tlsEstablished() {
    awaitingTls = false;
  }

  /** Closes behind what was written. */
  public void close(String reason) {
    flush.accept(effects());
    effects().close(reason);
    lost();
  }

  /** Closes at once. */
  public void abort(String reason) {
    effects().abort(reason);
    lost();
  }

  /** For {@link Engine#connectionLost}: nothing goes on any more. */
  public void lost() {
    closed = true;
    next = null;
    afterDrain = null;
    afterWait = null;
  }
}
