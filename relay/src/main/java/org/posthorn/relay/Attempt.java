package org.posthorn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.relay.Route.Hop;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ServerAbilities;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.store.StoreException;

/** Tries to send one message to one destination over the servers of its route. */
final class Attempt {
  /** RFC 8689 section 4.2.1: for these another server of the same route may do. */
  private static final Set<String> UNPROTECTED = Set.of("5.7.10", "5.7.30");

  private final Queue queue;
  private final HostAddresses addresses;
  private final Connections connections;
  private final Clock clock;

  /**
   * What came of it.
   *
   * @param verdicts one for each recipient
   * @param server that decided; null when none was reached
   * @param reported whether somebody else tells of success
   * @param timed whether somebody else sees to the time to deliver (RFC 2852)
   */
  record Result(List<Verdict> verdicts, @Nullable String server, boolean reported, boolean timed) {
    static Result all(int recipients, Verdict verdict) {
      return new Result(Collections.nCopies(recipients, verdict), null, false, true);
    }
  }

  Attempt(Queue queue, HostAddresses addresses, Connections connections, Clock clock) {
    this.queue = queue;
    this.addresses = addresses;
    this.connections = connections;
    this.clock = clock;
  }

  /** The next server is tried when one cannot be reached or does not let us in. */
  Result over(List<Hop> hops, QueuedMail mail) throws StoreException {
    int count = mail.recipients().size();
    boolean secret = mail.parameters().requireTls() && !mail.sender().isNull();
    Result last = Result.all(count, new Verdict(451, "4.4.1", "No server answers"));
    for (Hop hop : hops) {
      if (secret && !hop.proven()) {
        Verdict unproven = new Verdict(550, "5.7.30", "REQUIRETLS: the server's name is unproven");
        last = Result.all(count, unproven);
        continue;
      }
      Hop way = secret ? withTls(hop) : hop;
      HostAddresses.Found found = addresses.of(way.host());
      if (found.failure().isPresent()) {
        last = Result.all(count, found.failure().get());
      }
      for (InetAddress address : found.addresses()) {
        Result result = over(new InetSocketAddress(address, way.port()), way, mail, secret);
        if (result.server() != null && !(secret && unprotected(result))) {
          return result;
        }
        last = result;
      }
    }
    return last;
  }

  private static Hop withTls(Hop hop) {
    return hop.settings().tls() == TlsUse.IMPLICIT
        ? hop
        : new Hop(hop.host(), hop.port(), hop.settings().withTls(TlsUse.REQUIRED), true);
  }

  private static boolean unprotected(Result result) {
    return result.verdicts().stream().allMatch(v -> UNPROTECTED.contains(v.enhanced()));
  }

  private Result over(InetSocketAddress server, Hop hop, QueuedMail mail, boolean secret)
      throws StoreException {
    int count = mail.recipients().size();
    Connections.Lease lease = connections.get(server, hop);
    try {
      Optional<Verdict> failure = lease.connection().failure();
      if (failure.isPresent()) {
        boolean plain = secret && (lease.connection().tlsFailed() || noTls(failure.get()));
        return Result.all(
            count, plain ? new Verdict(550, "5.7.10", failure.get().text()) : failure.get());
      }
      StoredContent content = new StoredContent(queue, mail);
      Transmission.Outcome outcome =
          Transmission.run(lease.connection(), mail, content, clock.instant());
      if (lease.used() && !outcome.begun()) {
        // A server may have had enough of this connection, not of the mail.
        lease = connections.fresh(lease);
        outcome = Transmission.run(lease.connection(), mail, content, clock.instant());
      }
      ServerAbilities abilities = lease.connection().abilities();
      return new Result(
          outcome.verdicts(), hop.host(), abilities.has("DSN"), abilities.has("DELIVERBY"));
    } finally {
      connections.giveBack(lease);
    }
  }

  /** The server offers none, or refused it. */
  private static boolean noTls(Verdict failure) {
    return failure.enhanced().equals("4.7.4");
  }
}
