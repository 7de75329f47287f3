package org.posthorn.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.relay.Route.Hop;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientTls;
import org.posthorn.smtp.client.Content;
import org.posthorn.smtp.client.MailOrder;
import org.posthorn.smtp.client.MailResult;
import org.posthorn.smtp.client.SmtpConnection;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.store.StoreException;

/** Tries to send one message to one destination over the servers of its route. */
final class Attempt {
  private final Queue queue;
  private final HostAddresses addresses;
  private final ClientTls tls;
  private final Duration patience;

  /**
   * What came of it.
   *
   * @param verdicts one for each recipient
   * @param server that decided; null when none was reached
   * @param reported whether somebody else tells of success
   */
  record Result(List<Verdict> verdicts, @Nullable String server, boolean reported) {
    static Result all(int recipients, Verdict verdict) {
      return new Result(Collections.nCopies(recipients, verdict), null, false);
    }
  }

  Attempt(Queue queue, HostAddresses addresses, ClientTls tls, Duration patience) {
    this.queue = queue;
    this.addresses = addresses;
    this.tls = tls;
    this.patience = patience;
  }

  /** The next server is tried when one cannot be reached or does not let us in. */
  Result over(List<Hop> hops, QueuedMail mail) throws StoreException {
    Verdict last = new Verdict(451, "4.4.1", "No server answers");
    for (Hop hop : hops) {
      HostAddresses.Found found = addresses.of(hop.host());
      last = found.failure().orElse(last);
      for (InetAddress address : found.addresses()) {
        InetSocketAddress server = new InetSocketAddress(address, hop.port());
        try (SmtpConnection connection = open(server, hop)) {
          Optional<Verdict> failure = connection.failure();
          if (failure.isEmpty()) {
            return send(connection, mail, hop.host());
          }
          last = failure.get();
        }
      }
    }
    return Result.all(mail.recipients().size(), last);
  }

  /** Opportunistic TLS that fails is done without (RFC 7435 section 3). */
  private SmtpConnection open(InetSocketAddress server, Hop hop) {
    SmtpConnection connection =
        SmtpConnection.open(server, hop.host(), hop.settings(), tls, patience);
    if (!connection.tlsFailed() || hop.settings().tls() != TlsUse.OPPORTUNISTIC) {
      return connection;
    }
    connection.close();
    return SmtpConnection.open(
        server, hop.host(), hop.settings().withTls(TlsUse.NONE), tls, patience);
  }

  private Result send(SmtpConnection connection, QueuedMail mail, String host)
      throws StoreException {
    List<Recipient> recipients =
        mail.recipients().stream().map(QueuedMail.Waiting::recipient).toList();
    MailOrder order = new MailOrder(mail.sender(), mail.parameters(), recipients, mail.size());
    try {
      MailResult result = connection.send(order, content(mail.id()));
      return new Result(result.verdicts(), host, result.statusPassedOn());
    } catch (IOException e) {
      throw StoreException.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private Content content(long message) {
    return sink -> {
      try {
        int number = 0;
        for (byte[] chunk = queue.chunk(message, number);
            chunk != null;
            chunk = queue.chunk(message, ++number)) {
          sink.write(ByteBuffer.wrap(chunk));
        }
      } catch (StoreException e) {
        throw new IOException(e);
      }
    };
  }
}
