package org.posthorn.server;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallProgress;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.HintSink;

/** The {@link Effects} of a connection. Open only while one of the engine's methods runs. */
final class Turn implements Effects {
  private final EngineLoop loop;
  private final Output output;
  private final Calls calls;
  private final Hints hints;
  private final ServerCore core;

  private boolean open;
  private long nanoTime;
  private @Nullable Instant now;

  private boolean tlsAsked;
  private boolean compressionAsked;
  private boolean compressionEnded;
  private boolean aborted;
  private @Nullable String closeReason;

  Turn(EngineLoop loop, Output output, Calls calls, Hints hints, ServerCore core) {
    this.loop = loop;
    this.output = output;
    this.calls = calls;
    this.hints = hints;
    this.core = core;
  }

  /** Fixes the clocks for what follows. */
  void begin() {
    nanoTime = System.nanoTime();
    now = null;
  }

  void open() {
    open = true;
  }

  void shut() {
    open = false;
  }

  /** Why the engine wants the connection to end; null while it does not. */
  @Nullable String closeReason() {
    return closeReason;
  }

  boolean aborted() {
    return aborted;
  }

  /** Whether TLS was asked for and does not stand yet. */
  boolean tlsAsked() {
    return tlsAsked;
  }

  void tlsStands() {
    tlsAsked = false;
  }

  boolean takeCompressionStart() {
    boolean asked = compressionAsked;
    compressionAsked = false;
    return asked;
  }

  boolean takeCompressionEnd() {
    boolean asked = compressionEnded;
    compressionEnded = false;
    return asked;
  }

  private void check() {
    if (!open) {
      throw new IllegalStateException("effects are valid during the engine method only");
    }
  }

  @Override
  public boolean writable() {
    return output.writable();
  }

  @Override
  public void write(ByteBuffer bytes) {
    check();
    output.write(bytes);
  }

  @Override
  public void give(ByteBuffer bytes) {
    check();
    output.give(bytes);
  }

  @Override
  public void transfer(OutputSource source) {
    check();
    output.transfer(source);
  }

  @Override
  public void release(AutoCloseable handle) {
    check();
    output.release(handle);
  }

  @Override
  public <R> void call(StoreCall<R> call) {
    check();
    calls.request(call);
  }

  @Override
  public void cancel() {
    check();
    calls.cancel();
  }

  @Override
  public CallProgress progress() {
    return calls.progress();
  }

  @Override
  public HintSink hints() {
    return hints;
  }

  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public Instant now() {
    Instant fixed = now;
    if (fixed == null) {
      fixed = Instant.now();
      now = fixed;
    }
    return fixed;
  }

  @Override
  public void random(byte[] into) {
    core.random().nextBytes(into);
  }

  @Override
  public void event(Event event) {
    check();
    loop.event(now(), event);
  }

  @Override
  public void startTls() {
    check();
    tlsAsked = true;
    output.mark(Output.Mark.START_TLS);
  }

  @Override
  public void startCompression() {
    check();
    compressionAsked = true;
    output.mark(Output.Mark.START_DEFLATE);
  }

  @Override
  public void stopCompression() {
    check();
    compressionEnded = true;
    output.mark(Output.Mark.STOP_DEFLATE);
  }

  @Override
  public void close(String reason) {
    check();
    if (closeReason == null) {
      closeReason = reason;
      output.mark(Output.Mark.END);
    }
  }

  @Override
  public void abort(String reason) {
    check();
    if (closeReason == null) {
      closeReason = reason;
    }
    aborted = true;
  }
}
