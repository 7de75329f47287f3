package org.posthorn.testkit.transcript;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client's end of one connection: an engine in a harness, or a socket. */
public interface Wire extends AutoCloseable {
  void send(byte[] octets) throws IOException;

  /**
   * Octets that came, at least one: a socket waits for them up to its patience.
   *
   * @return null when nothing comes, or when the server closed
   */
  byte @Nullable [] receive() throws IOException;

  /** Whether the server has closed; asked after {@link #receive} gave null. */
  boolean closedByServer();

  /** The client's side of the TLS handshake. */
  void startTls() throws IOException;

  /** The client will send no more, but still reads. */
  void endOutput() throws IOException;

  /** The client goes away. */
  @Override
  void close() throws IOException;
}
