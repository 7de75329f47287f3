package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ChannelBinding;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Lines over TLS, and what ties them to the connection. */
final class TlsPeer implements AutoCloseable {
  private final Closeable connection;
  private final InputStream in;
  private final OutputStream out;
  private byte[] exporter = {};
  private byte[] serverCertificate = {};

  private TlsPeer(Closeable connection, InputStream in, OutputStream out) {
    this.connection = connection;
    this.in = in;
    this.out = out;
  }

  /** By the JDK's TLS, with its own certificate where the context has one. */
  static TlsPeer open(SSLContext context, int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(TestServer.HOST, port);
    socket.setSoTimeout(TestServer.PATIENCE_MILLIS);
    socket.startHandshake();
    return new TlsPeer(socket, socket.getInputStream(), socket.getOutputStream());
  }

  /** By Bouncy Castle's TLS below JSSE, which knows the exporter on every JDK. Trusts anybody. */
  static TlsPeer binding(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TestServer.PATIENCE_MILLIS);
    TlsClientProtocol tls =
        new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
    byte[][] known = new byte[2][];
    tls.connect(
        new DefaultTlsClient(new BcTlsCrypto(new SecureRandom())) {
          @Override
          public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            known[0] = context.exportChannelBinding(ChannelBinding.tls_exporter);
          }

          @Override
          public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
              @Override
              public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                known[1] = server.getCertificate().getCertificateAt(0).getEncoded();
              }

              @Override
              public TlsCredentials getClientCredentials(CertificateRequest request) {
                return null;
              }
            };
          }
        });
    TlsPeer peer = new TlsPeer(socket, tls.getInputStream(), tls.getOutputStream());
    peer.exporter = known[0];
    peer.serverCertificate = known[1];
    return peer;
  }

  /** RFC 9266. */
  byte[] exporter() {
    return exporter;
  }

  byte[] serverCertificate() {
    return serverCertificate;
  }

  void send(String line) throws IOException {
    out.write((line + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  String ask(String line) throws IOException {
    send(line);
    return line();
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed after: " + line.toString(ISO_8859_1));
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
