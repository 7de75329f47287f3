package org.posthorn.server.jdk;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.posthorn.server.TlsConfig;

/**
 * TLS over a {@link JdkWire}, by an {@link SSLEngine}; the expensive parts of handshakes run
 * elsewhere.
 */
final class TlsLayer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final JdkWire wire;
  private final TlsConfig config;
  private final SSLEngine engine;

  /** Received and not yet decrypted; holds memory only while there is such a thing. */
  private ByteBuffer encrypted = NOTHING;

  private boolean stands;
  private boolean tasksRunning;
  private boolean processing;
  private boolean inputEnded;
  private boolean ended;

  TlsLayer(JdkWire wire, TlsConfig config) {
    this.wire = wire;
    this.config = config;
    this.engine = config.newEngine();
  }

  /** Whether the handshake is done. */
  boolean stands() {
    return stands;
  }

  boolean hasInput() {
    return encrypted.hasRemaining() || inputEnded;
  }

  /** Octets from the socket; the buffer is valid during this call only. */
  void feed(ByteBuffer arrived) {
    if (encrypted.hasRemaining()) {
      int size = encrypted.remaining() + arrived.remaining();
      encrypted = ByteBuffer.allocate(size).put(encrypted).put(arrived).flip();
      process();
    } else {
      encrypted = arrived;
      process();
      encrypted = copy(encrypted);
    }
  }

  private static ByteBuffer copy(ByteBuffer rest) {
    return rest.hasRemaining() ? ByteBuffer.allocate(rest.remaining()).put(rest).flip() : NOTHING;
  }

  /** The socket ended; what is still encrypted is read first. */
  void endOfInput() {
    inputEnded = true;
    process();
  }

  /** Goes on with handshake and decryption as far as possible. */
  void process() {
    if (processing || ended || wire.closed()) {
      return;
    }
    processing = true;
    try {
      while (!tasksRunning && !wire.closed() && step()) {}
    } catch (SSLException e) {
      ended = true;
      farewell();
      wire.fail(e);
    } catch (RuntimeException | Error e) {
      ended = true;
      wire.fail(e); // a provider or handler that is broken must not leave its peer waiting
      throw e;
    } finally {
      processing = false;
    }
    wire.flush();
  }

  private boolean step() throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      runTasks();
      return false;
    }
    if (status == HandshakeStatus.NEED_WRAP) {
      return wrap(NOTHING) && !engine.isOutboundDone();
    }
    if (stands && !wire.reading()) {
      return false;
    }
    return unwrap();
  }

  private void runTasks() {
    tasksRunning = true;
    encrypted = copy(encrypted);
    Runnable task = engine.getDelegatedTask();
    wire.handshakes()
        .execute(
            () -> {
              try {
                for (Runnable t = task; t != null; t = engine.getDelegatedTask()) {
                  t.run();
                }
              } catch (RuntimeException | Error e) {
                wire.loop().execute(() -> wire.fail(e));
                throw e;
              }
              wire.loop()
                  .execute(
                      () -> {
                        tasksRunning = false;
                        process();
                      });
            });
  }

  private boolean unwrap() throws SSLException {
    if (!encrypted.hasRemaining()) {
      return ended();
    }
    ByteBuffer plain = wire.loop().plainBuffer.clear();
    SSLEngineResult result = engine.unwrap(encrypted, plain);
    switch (result.getStatus()) {
      case OK -> {
        finished(result);
        if (plain.flip().hasRemaining()) {
          wire.received(plain);
        }
        return true;
      }
      case BUFFER_UNDERFLOW -> {
        return ended();
      }
      case CLOSED -> {
        encrypted = NOTHING;
        inputEnded = true;
        return ended();
      }
      default -> throw new SSLException("record larger than the session's buffer size");
    }
  }

  /** Nothing left to decrypt: tells when it is for good. */
  private boolean ended() {
    if (inputEnded && !ended) {
      ended = true;
      wire.endOfInput();
    }
    return false;
  }

  private void finished(SSLEngineResult result) {
    if (!stands && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      stands = true;
      wire.secured(config.describe(engine));
    }
  }

  /** Encrypts and queues. */
  void write(ByteBuffer plain) {
    try {
      while (plain.hasRemaining() && wrap(plain)) {}
    } catch (SSLException e) {
      ended = true;
      wire.fail(e);
    }
  }

  private boolean wrap(ByteBuffer plain) throws SSLException {
    ByteBuffer record = wire.loop().recordBuffer.clear();
    SSLEngineResult result = engine.wrap(plain, record);
    if (record.flip().hasRemaining()) {
      wire.send(copy(record));
    }
    finished(result);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new SSLException("record larger than the session's buffer size");
    }
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  /** Says close_notify. */
  void endOutput() {
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone() && wrap(NOTHING)) {}
    } catch (SSLException e) {
      ended = true;
      wire.fail(e);
    }
  }

  /** The alert that says what was wrong with the handshake. */
  private void farewell() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NOTHING)) {}
      wire.flush();
    } catch (SSLException e) {
      // the connection is being failed for a better reason
      ended = true;
    }
  }
}
