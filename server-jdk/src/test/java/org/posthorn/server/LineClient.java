package org.posthorn.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A blocking client of {@link LineEngine}; every read ends after a while. */
final class LineClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private Socket socket;
  private InputStream in;
  private OutputStream out;

  LineClient(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer octets, 0 for the system's choice
   */
  LineClient(InetSocketAddress server, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(server, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    streams();
  }

  private void streams() throws IOException {
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    out = socket.getOutputStream();
  }

  /** Returns the certificate that the server showed. */
  X509Certificate startTls(String host) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trustingContext().getSocketFactory().createSocket(socket, host, socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    socket = tls;
    streams();
    return (X509Certificate) tls.getSession().getPeerCertificates()[0];
  }

  void compress() {
    in = new InflaterInputStream(in, new Inflater(true), 1);
    out =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), 512, true);
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("end after \"" + line + "\"");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  String ask(String command) throws IOException {
    send(command + "\r\n");
    return line();
  }

  /** Reads octets of a {@code send} and returns how many were right before the first wrong one. */
  long pattern(long length) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long position = 0;
    while (position < length) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, length - position));
      if (n < 0) {
        return position;
      }
      for (int i = 0; i < n; i++) {
        if (buffer[i] != LineEngine.pattern(position)) {
          return position;
        }
        position++;
      }
    }
    return position;
  }

  /** Reads the rest. Returns whether the server has ended the connection, in order or not. */
  boolean ended() {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException e) {
      return !(e instanceof SocketTimeoutException);
    }
  }

  int localPort() {
    return socket.getLocalPort();
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes in order, before the end of the block that closes it again. */
  void hangUp() throws IOException {
    socket.close();
  }

  /** Vanishes with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static TlsConfig tls(String resource) {
    return TlsConfig.of(keyStore(resource), "secret".toCharArray());
  }

  static KeyStore keyStore(String resource) {
    try (InputStream in = LineClient.class.getResourceAsStream("/" + resource)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, "secret".toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trustingContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustAnyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
