package org.posthorn.server;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.TlsInfo;

/** Hears a {@link Wire}, on its executor. */
public interface WireHandler {
  /** The wire stands; called once, first. */
  void connected();

  /** Octets came; the buffer is valid during this call only. */
  void received(ByteBuffer octets);

  /** The wire is writable again. */
  void writable();

  /** The TLS handshake is done. */
  void secured(TlsInfo tls);

  /** Everything up to {@link Wire#shutdownOutput} was given to the socket. */
  void outputEnded();

  /** The peer will send no more. */
  void endOfInput();

  /**
   * The wire is closed, by whomever; called once, last.
   *
   * @param cause null when it was closed in order
   */
  void lost(@Nullable Throwable cause);
}
