package org.posthorn.testkit.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One client socket. */
final class SocketWire implements Wire {
  private static final int PATIENCE_MILLIS = 10_000;

  private final SSLContext tls;
  private Socket socket;
  private boolean closedByServer;

  SocketWire(InetSocketAddress server, SSLContext tls) throws IOException {
    this.tls = tls;
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  @Override
  public void send(byte[] octets) throws IOException {
    try {
      socket.getOutputStream().write(octets);
    } catch (SocketException e) {
      closedByServer = true; // scripts go on talking to a server that has hung up
    }
  }

  @Override
  public byte @Nullable [] receive() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[16 * 1024];
    try {
      int n = in.read(buffer);
      if (n > 0) {
        return Arrays.copyOf(buffer, n);
      }
      closedByServer = true;
    } catch (SocketTimeoutException e) {
      return null;
    } catch (SocketException e) {
      closedByServer = true;
    }
    return null;
  }

  @Override
  public boolean closedByServer() {
    return closedByServer;
  }

  @Override
  public void startTls() throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    secured.startHandshake();
    socket = secured;
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
