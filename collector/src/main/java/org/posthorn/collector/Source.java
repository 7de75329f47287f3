package org.posthorn.collector;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.posthorn.protocol.Secret;
import org.posthorn.smtp.Address;

/**
 * An outside mailbox.
 *
 * @param name under which seen messages are remembered; it must stay the same
 * @param mailbox name of the IMAP mailbox; POP3 has only one
 * @param recipient who gets the mail here
 * @param keep how long messages stay on the server after they came here; zero: they are deleted at
 *     once, empty: for ever
 * @param octets messages that are longer stay on the server and are not fetched
 * @param patience how long to wait for the server at each step
 */
public record Source(
    String name,
    Protocol protocol,
    String host,
    int port,
    Security security,
    Login login,
    String user,
    Secret password,
    String mailbox,
    Address recipient,
    Optional<Duration> keep,
    long octets,
    Duration patience) {
  public Source {
    Objects.requireNonNull(protocol);
    if (login == Login.APOP && protocol != Protocol.POP3) {
      throw new IllegalArgumentException("APOP is of POP3");
    }
    if (keep.isPresent() && keep.get().isNegative()) {
      throw new IllegalArgumentException("a time that is over");
    }
  }

  /** A POP3 mailbox over TLS; messages are deleted when they are here. */
  public static Source pop3s(String host, String user, String password, Address recipient) {
    return of(Protocol.POP3, host, 995, user, password, recipient);
  }

  /** The INBOX of an IMAP account over TLS; messages are deleted when they are here. */
  public static Source imaps(String host, String user, String password, Address recipient) {
    return of(Protocol.IMAP, host, 993, user, password, recipient);
  }

  private static Source of(
      Protocol protocol, String host, int port, String user, String password, Address recipient) {
    return new Source(
        protocol + ":" + user + "@" + host,
        protocol,
        host,
        port,
        Security.IMPLICIT,
        Login.PASSWORD,
        user,
        Secret.of(password),
        "INBOX",
        recipient,
        Optional.of(Duration.ZERO),
        50L << 20,
        Duration.ofMinutes(2));
  }

  /** At another place, or protected in another way. */
  public Source at(String newHost, int newPort, Security newSecurity) {
    return new Source(
        name,
        protocol,
        newHost,
        newPort,
        newSecurity,
        login,
        user,
        password,
        mailbox,
        recipient,
        keep,
        octets,
        patience);
  }

  public Source withLogin(Login newLogin) {
    return new Source(
        name, protocol, host, port, security, newLogin, user, password, mailbox, recipient, keep,
        octets, patience);
  }

  /** Another mailbox than INBOX; remembered under a name of its own. */
  public Source inMailbox(String newMailbox) {
    if (protocol != Protocol.IMAP) {
      throw new IllegalStateException("POP3 has one mailbox only");
    }
    return new Source(
        name + "/" + newMailbox,
        protocol,
        host,
        port,
        security,
        login,
        user,
        password,
        newMailbox,
        recipient,
        keep,
        octets,
        patience);
  }

  /** Messages stay on the server for a time. */
  public Source keepingFor(Duration time) {
    return new Source(
        name,
        protocol,
        host,
        port,
        security,
        login,
        user,
        password,
        mailbox,
        recipient,
        Optional.of(time),
        octets,
        patience);
  }

  /** Messages stay on the server. */
  public Source keeping() {
    return new Source(
        name,
        protocol,
        host,
        port,
        security,
        login,
        user,
        password,
        mailbox,
        recipient,
        Optional.empty(),
        octets,
        patience);
  }

  public Source withOctets(long most) {
    return new Source(
        name, protocol, host, port, security, login, user, password, mailbox, recipient, keep, most,
        patience);
  }
}
