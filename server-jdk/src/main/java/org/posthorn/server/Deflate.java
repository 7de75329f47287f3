package org.posthorn.server;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * DEFLATE of the output (RFC 4978); flushed at the end of each turn, so that the peer sees whole
 * answers.
 */
final class Deflate {
  private static final int PIECE = 16 * 1024;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Wire wire;
  private boolean unflushed;
  private long written;

  Deflate(Wire wire) {
    this.wire = wire;
  }

  void write(ByteBuffer plain) {
    unflushed = true;
    deflater.setInput(plain);
    drain(Deflater.NO_FLUSH);
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      drain(Deflater.SYNC_FLUSH);
    }
  }

  void end() {
    flush();
    deflater.end();
  }

  /** Frees native memory; what was not flushed is lost. */
  void abandon() {
    deflater.end();
  }

  /** Compressed octets since the last time that somebody asked. */
  long takeWritten() {
    long taken = written;
    written = 0;
    return taken;
  }

  private void drain(int mode) {
    int n;
    do {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      n = deflater.deflate(piece, mode);
      if (n > 0) {
        written += n;
        wire.write(piece.flip());
      }
    } while (n == PIECE);
  }
}
