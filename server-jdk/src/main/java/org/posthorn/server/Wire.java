package org.posthorn.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * What a transport gives for one accepted connection: octets both ways, a serial executor and
 * timers. All methods but those of {@link #executor} are called on that executor only, and so are
 * those of the {@link WireHandler}. Begins in plaintext with reading off.
 */
public interface Wire {
  InetSocketAddress peer();

  InetSocketAddress local();

  /**
   * Runs tasks one at a time, in order, on the connection's thread; drops them when the transport
   * has ended. Any thread may use it.
   */
  Executor executor();

  /**
   * Runs a task later on {@link #executor}.
   *
   * @return takes the task back
   */
  Runnable schedule(Runnable task, long delayNanos);

  /**
   * Whether octets are wanted. One read of at most 16 KiB plaintext may still come after it was
   * turned off, over TLS what is decrypted already.
   */
  void reading(boolean wanted);

  /**
   * Whether less than the high-water mark waits for the socket; after it was reached: less than the
   * low-water mark.
   */
  boolean writable();

  /** Queues octets. The buffer is the wire's own from now on. */
  void write(ByteBuffer octets);

  /** Hands what was queued to the socket. */
  void flush();

  /**
   * Everything after what was written before goes through TLS, in both directions. {@link
   * WireHandler#secured} follows, or {@link WireHandler#lost}.
   *
   * @param unread octets already received, which are the beginning of what TLS reads; valid during
   *     this call only
   */
  void startTls(TlsConfig tls, ByteBuffer unread);

  /**
   * Ends the output after what was queued: TLS close_notify, then a half close of the socket;
   * {@link WireHandler#outputEnded} follows.
   */
  void shutdownOutput();

  /** Closes at once; {@link WireHandler#lost} follows. */
  void close();
}
