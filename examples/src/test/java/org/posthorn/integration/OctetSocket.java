package org.posthorn.integration;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLSocket;

/** A client's socket for lines and octets; every read ends after a while. */
final class OctetSocket implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private Socket socket = new Socket();
  private InputStream in;
  private OutputStream out;

  OctetSocket(int port) throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TestServer.PATIENCE_MILLIS);
    socket.setSoTimeout(TestServer.PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    out = socket.getOutputStream();
  }

  void startTls() throws IOException {
    try {
      SSLSocket tls =
          (SSLSocket)
              TestTls.client()
                  .getSocketFactory()
                  .createSocket(socket, TestServer.HOST, socket.getPort(), true);
      tls.startHandshake();
      socket = tls;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    out = socket.getOutputStream();
  }

  /** DEFLATE both ways from here on (RFC 4978). */
  void compress() {
    in = new BufferedInputStream(new InflaterInputStream(in, new Inflater(true)), BUFFER);
    out =
        new DeflaterOutputStream(
            out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), BUFFER, true);
  }

  /** How long reads wait from now on. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Sends no more, reads on. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** The next line without its CRLF. */
  String line() throws IOException {
    return new String(lineOctets(), StandardCharsets.ISO_8859_1);
  }

  /** The next line, which only CRLF ends, without that. */
  byte[] lineOctets() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean cr = false;
    while (true) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the server closed after: " + line);
      }
      if (cr && octet == '\n') {
        byte[] whole = line.toByteArray();
        return Arrays.copyOf(whole, whole.length - 1);
      }
      line.write(octet);
      cr = octet == '\r';
    }
  }

  byte[] octets(int count) throws IOException {
    byte[] octets = in.readNBytes(count);
    if (octets.length < count) {
      throw new EOFException("the server closed within a literal");
    }
    return octets;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
