package org.posthorn.imap;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/**
 * What the engine waits for, and how it goes on then. Nothing here knows IMAP. Confined like it.
 */
public final class Flow {
  private static final int FLUSH_AT = 16 << 10;

  private final ResponseEncoder encoder;
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

  Flow(ResponseEncoder encoder) {
    this.encoder = encoder;
  }

  /** Does the work of one turn and all that follows from it without waiting. */
  Demand turn(Effects out, Runnable work) {
    effects = out;
    try {
      work.run();
      runNext();
      flush();
      if (demand() == Demand.INPUT) {
        encoder.trim();
      }
    } finally {
      effects = null;
    }
    return demand();
  }

  /** Goes on with what was put off, on a flat stack. */
  void runNext() {
    while (next != null && !closed) {
      Runnable step = next;
      next = null;
      step.run();
    }
  }

  Effects effects() {
    Effects out = effects;
    if (out == null) {
      throw new IllegalStateException("outside a turn");
    }
    return out;
  }

  Demand demand() {
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

  boolean closed() {
    return closed;
  }

  /** Whether nothing is awaited but input. */
  boolean quiet() {
    return demand() == Demand.INPUT && next == null;
  }

  <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
    if (pending != null) {
      throw new IllegalStateException("a call is outstanding");
    }
    flush();
    pending = new Pending<>(then, failed);
    effects().call(call);
  }

  /** The outstanding call has finished. After the end its result is only disposed of. */
  void resume(Outcome<?> done) {
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

  /** Goes on as soon as the transport takes more output. */
  public void whenWritable(Runnable step) {
    flush();
    if (effects().writable()) {
      next = step;
    } else {
      afterDrain = step;
    }
  }

  void writable() {
    Runnable step = afterDrain;
    afterDrain = null;
    if (step != null) {
      next = step;
    }
  }

  /** Goes on after a time, without reading input meanwhile. */
  public void after(long nanos, Runnable step) {
    if (nanos <= 0) {
      next = step;
      return;
    }
    waitUntil = effects().nanoTime() + nanos;
    afterWait = step;
  }

  void tick() {
    if (afterWait != null && effects().nanoTime() - waitUntil >= 0) {
      next = afterWait;
      afterWait = null;
    }
  }

  /** When the wait is over; only meaningful at the demand WAIT. */
  long waitUntil() {
    return waitUntil;
  }

  /** Sends octets after all that was encoded. */
  public void write(ByteBuffer octets) {
    flush();
    effects().write(octets);
  }

  /** Sends a source after all that was encoded. */
  public void transfer(OutputSource source) {
    flush();
    effects().transfer(source);
  }

  void release(AutoCloseable handle) {
    effects().release(handle);
  }

  void startTls() {
    flush();
    awaitingTls = true;
    effects().startTls();
  }

  void tlsEstablished() {
    awaitingTls = false;
  }

  void close(String reason) {
    flush();
    effects().close(reason);
    closed = true;
  }

  void lost() {
    closed = true;
    next = null;
    afterDrain = null;
    afterWait = null;
  }

  /** Hands written octets over when they are many. */
  public void flushIfLarge() {
    if (encoder.size() >= FLUSH_AT) {
      flush();
    }
  }

  void flush() {
    encoder.drainTo(effects()::write);
  }
}
