package org.posthorn.protocol;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.posthorn.store.HintSink;

/**
 * What an engine may do to the world. The driver implements it; in tests a recorder does. Valid
 * only during the engine method that it is given to, and only there, except {@link #hints()}.
 */
public interface Effects {
  /**
   * Whether the transport takes more before its high-water mark; an engine that has much to say
   * asks between pieces.
   */
  boolean writable();

  /** Sends bytes, in order. Copied before return; what one turn writes is sent together. */
  void write(ByteBuffer bytes);

  /** Sends bytes, in order. */
  default void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  /** Sends bytes, in order, that nobody changes any more, so that they need not be copied. */
  default void give(ByteBuffer bytes) {
    write(bytes);
  }

  /**
   * Sends all of a source, in order with {@link #write}; pulled in slices while the transport is
   * writable, then closed by the driver.
   */
  void transfer(OutputSource source);

  /**
   * Closes a handle, on the lane of calls for the store, after all earlier output was sent or
   * dropped.
   */
  void release(AutoCloseable handle);

  /**
   * Has work done elsewhere; {@link Engine#resume} brings the outcome. Only records: the call runs
   * after the engine method returned. At most one is outstanding.
   */
  <R> void call(StoreCall<R> call);

  /** Asks the outstanding call to stop early; its outcome still comes. */
  void cancel();

  /** How far the outstanding call said that it is; asked for at a tick, for instance. */
  default CallProgress progress() {
    return CallProgress.UNKNOWN;
  }

  /**
   * Where stores may leave hints for this connection; any thread, as long as the connection lives;
   * never calls the store.
   */
  HintSink hints();

  /** Monotonic clock, fixed during one turn. */
  long nanoTime();

  /** Wall clock, fixed during one turn. */
  Instant now();

  /** Fills with cryptographically strong random octets. */
  void random(byte[] into);

  /** Tells the integrator's listeners. */
  void event(Event event);

  /**
   * Starts TLS after everything written before is flushed. Input that was not consumed goes to TLS,
   * which breaks on it unless it is the client's handshake; it is never read as commands. What the
   * engine has consumed it forgets itself.
   */
  void startTls();

  /** Starts DEFLATE in both directions after everything written before is flushed (RFC 4978). */
  void startCompression();

  /** Ends DEFLATE in both directions (UNAUTHENTICATE). */
  void stopCompression();

  /** Closes after everything written before is flushed. */
  void close(String reason);

  /** Closes at once. */
  void abort(String reason);
}
