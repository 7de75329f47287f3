package org.posthorn.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.SmtpClient.Need;

/**
 * A connection to a server that takes mail, driven by the calling thread. What goes wrong, with the
 * network or with the server, is a verdict. Not thread-safe.
 */
public final class SmtpConnection implements AutoCloseable {
  private static final int BUFFER = 16 << 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SmtpClient client;
  private final ClientSettings settings;
  private final ClientTls tls;
  private final String host;
  private final Duration patience;
  private Socket socket = new Socket();
  private Need need = Need.INPUT;
  private boolean encrypted;
  private boolean tlsFailed;

  private SmtpConnection(ClientSettings settings, ClientTls tls, String host, Duration patience) {
    this.client = new SmtpClient(settings, SmtpConnection::nonce);
    this.settings = settings;
    this.tls = tls;
    this.host = host;
    this.patience = patience;
  }

  /**
   * Connects, greets, starts TLS and logs in as the settings say. Whether that went well says
   * {@link #failure()}.
   *
   * @param host the name that a certificate must prove
   * @param patience how long to wait for anything at most; RFC 5321's times where they are shorter
   */
  public static SmtpConnection open(
      InetSocketAddress address,
      String host,
      ClientSettings settings,
      ClientTls tls,
      Duration patience) {
    SmtpConnection connection = new SmtpConnection(settings, tls, host, patience);
    try {
      connection.connect(address);
    } catch (IOException e) {
      connection.lost("Cannot connect to " + address.getAddress().getHostAddress(), e);
    }
    return connection;
  }

  private void connect(InetSocketAddress address) throws IOException {
    socket.connect(address, millis(Duration.ofSeconds(60)));
    socket.setTcpNoDelay(true);
    if (settings.tls() == TlsUse.IMPLICIT) {
      handshake();
    }
    need = client.opened();
    drive();
  }

  /** Why nothing can be sent (any more); empty while all is well. */
  public Optional<Verdict> failure() {
    return client.failure();
  }

  /** Whether it was the TLS handshake that failed. */
  public boolean tlsFailed() {
    return tlsFailed;
  }

  public boolean encrypted() {
    return encrypted;
  }

  /**
   * Whether another message can be sent: asks the server, by RSET, where one was sent before. It
   * may have closed a connection that was idle.
   */
  public boolean ready() {
    if (need == Need.READY) {
      need = client.reset();
      driveOrLose();
    }
    return need == Need.READY;
  }

  /** What the server announced. */
  public ServerAbilities abilities() {
    return client.abilities();
  }

  /**
   * Sends a message.
   *
   * @throws IOException when the content cannot be read; the connection is closed then
   */
  public MailResult send(MailOrder order, Content content) throws IOException {
    Optional<Verdict> failure = client.failure();
    if (failure.isPresent()) {
      return new MailResult(
          Collections.nCopies(order.recipients().size(), failure.get()), false, client.abilities());
    }
    need = client.send(order);
    driveOrLose();
    if (need == Need.CONTENT) {
      try {
        content.copyTo(this::chunk);
      } catch (IOException | RuntimeException e) {
        socket.close();
        client.endOfInput();
        throw e;
      }
      if (need == Need.CONTENT) {
        need = client.contentEnd();
        driveOrLose();
      }
    }
    return client.result().orElseThrow();
  }

  /** A failure of the network is not one of the content: what is left of it is passed over. */
  private void chunk(ByteBuffer chunk) {
    if (need == Need.CONTENT) {
      need = client.content(chunk);
      driveOrLose();
    }
  }

  private void driveOrLose() {
    try {
      drive();
    } catch (IOException e) {
      readLastWords();
      lost("The connection failed", e);
    }
  }

  /** A server that closes early may have said why. */
  private void readLastWords() {
    try {
      socket.setSoTimeout(1_000);
      byte[] buffer = new byte[BUFFER];
      int octets = socket.getInputStream().read(buffer);
      if (octets > 0) {
        need = client.receive(ByteBuffer.wrap(buffer, 0, octets));
      }
    } catch (IOException nothingSaid) {
      need = client.endOfInput();
    }
  }

  private void lost(String what, IOException why) {
    String reason = why instanceof SocketTimeoutException ? "timeout" : reason(why);
    client.lost(new Verdict(451, "4.4.2", what + ": " + reason));
    need = Need.CLOSED;
  }

  private static String reason(IOException why) {
    String message = String.valueOf(why.getMessage());
    return message.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** Until the client needs something of its user. */
  private void drive() throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      flush();
      if (need == Need.TLS) {
        handshake();
        need = client.tlsEstablished();
      } else if (need == Need.INPUT) {
        socket.setSoTimeout(millis(client.patience()));
        InputStream in = socket.getInputStream();
        int octets = in.read(buffer);
        need =
            octets < 0 ? client.endOfInput() : client.receive(ByteBuffer.wrap(buffer, 0, octets));
      } else {
        return;
      }
    }
  }

  private void flush() throws IOException {
    ByteBuffer out = client.output();
    if (out.hasRemaining()) {
      socket
          .getOutputStream()
          .write(out.array(), out.arrayOffset() + out.position(), out.remaining());
    }
  }

  private void handshake() throws IOException {
    socket.setSoTimeout(millis(Duration.ofMinutes(1)));
    boolean verified = settings.tls() != TlsUse.OPPORTUNISTIC;
    try {
      SSLSocket secure =
          (SSLSocket)
              tls.context(verified)
                  .getSocketFactory()
                  .createSocket(socket, host, socket.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      if (verified) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      socket = secure;
      encrypted = true;
    } catch (SSLException e) {
      tlsFailed = true;
      throw e;
    }
  }

  private int millis(Duration wanted) {
    Duration shorter = wanted.compareTo(patience) < 0 ? wanted : patience;
    return (int) Math.max(1, shorter.toMillis());
  }

  private static String nonce() {
    byte[] octets = new byte[18];
    RANDOM.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** Takes leave without waiting for an answer, and closes. */
  public void leave() {
    try {
      try {
        if (need == Need.READY) {
          need = client.quit();
          flush();
        }
      } finally {
        socket.close();
      }
    } catch (IOException e) {
      unclosed(e);
    }
  }

  private static void unclosed(IOException why) {
    // The mail is where it is to be; what is lost is a farewell.
    System.getLogger(SmtpConnection.class.getName())
        .log(System.Logger.Level.DEBUG, "a connection was not closed in order", why);
  }

  /** Takes leave where there is somebody to take it from, and closes. */
  @Override
  public void close() {
    try {
      try {
        if (need == Need.READY) {
          need = client.quit();
          drive();
        }
      } finally {
        socket.close();
      }
    } catch (IOException e) {
      unclosed(e);
    }
  }
}
