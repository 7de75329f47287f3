package org.posthorn.integration;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.posthorn.testkit.transcript.Wire;

/** A socket as the client's end of a transcript. */
final class SocketWire implements Wire {
  private final OctetSocket socket;
  private final byte[] buffer = new byte[16 * 1024];
  private boolean closed;

  SocketWire(OctetSocket socket) {
    this.socket = socket;
  }

  /** What the server does not want to read any more is lost; what it says of that comes still. */
  @Override
  public void send(byte[] octets) {
    try {
      socket.send(octets);
    } catch (IOException e) {
      closed = true;
    }
  }

  @Override
  public byte @Nullable [] receive() {
    try {
      int count = socket.in().read(buffer);
      closed = count < 0;
      return closed ? null : Arrays.copyOf(buffer, count);
    } catch (SocketTimeoutException e) {
      return null;
    } catch (IOException e) {
      closed = true;
      return null;
    }
  }

  @Override
  public boolean closedByServer() {
    return closed;
  }

  @Override
  public void startTls() throws IOException {
    socket.startTls();
  }

  @Override
  public void endOutput() throws IOException {
    socket.endOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
