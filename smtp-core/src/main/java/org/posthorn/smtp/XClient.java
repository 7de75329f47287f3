package org.posthorn.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.IpLiteral;
import org.posthorn.store.Identity;

/**
 * XCLIENT as Postfix has it: a neighbour that we trust says for whom it speaks, and the session
 * begins anew. Announced to trusted addresses only, and never under what was claimed.
 */
final class XClient implements SmtpExtension, SmtpCommand {
  private static final Set<String> ATTRIBUTES =
      Set.of("NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT");
  private static final Set<String> UNKNOWN = Set.of("[UNAVAILABLE]", "[TEMPUNAVAIL]");
  private static final int PORTS = 65_535;

  private final Predicate<InetAddress> trusted;

  XClient(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  @Override
  public Optional<String> announcement(SmtpSession session) {
    return permitted(session)
        ? Optional.of("XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT")
        : Optional.empty();
  }

  private boolean permitted(SmtpSession session) {
    return trusted.test(session.transportPeer().getAddress());
  }

  @Override
  public List<SmtpCommand> commands() {
    return List.of(this);
  }

  @Override
  public String verb() {
    return "XCLIENT";
  }

  @Override
  public String usage() {
    return "XCLIENT attribute=value ...";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    if (!permitted(session)) {
      session.reply(new Verdict(550, "5.7.0", "Not permitted"));
    } else if (session.inTransaction()) {
      session.reply(new Verdict(503, "5.5.1", "Not during a mail transaction"));
    } else {
      apply(session, attributes(arguments));
      session.greet();
    }
  }

  /** Values in clear; null for what the neighbour does not know. */
  private static Map<String, @Nullable String> attributes(String arguments)
      throws SmtpSyntaxException {
    Map<String, @Nullable String> found = new HashMap<>();
    for (String word : arguments.split(" +", -1)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals).toUpperCase(Locale.ROOT);
      if (!ATTRIBUTES.contains(name)) {
        throw new SmtpSyntaxException("known attributes with their values expected");
      }
      String value = Xtext.decode(word.substring(equals + 1));
      if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
        throw new SmtpSyntaxException("space or control character in a value");
      }
      boolean unknown = UNKNOWN.contains(value.toUpperCase(Locale.ROOT));
      found.put(name, unknown ? null : value);
    }
    return found;
  }

  private static void apply(SmtpSession session, Map<String, @Nullable String> given)
      throws SmtpSyntaxException {
    ConnectionInfo old = session.connection();
    InetSocketAddress peer = address(given, "ADDR", "PORT", old.peer());
    InetSocketAddress local = address(given, "DESTADDR", "DESTPORT", old.local());
    String proto = given.get("PROTO");
    if (proto != null && !proto.equalsIgnoreCase("SMTP") && !proto.equalsIgnoreCase("ESMTP")) {
      throw new SmtpSyntaxException("PROTO takes SMTP or ESMTP");
    }
    String login = given.get("LOGIN");
    session.proxied(
        new ConnectionInfo(
            old.id(), old.listener(), peer, local, old.implicitTls(), old.tlsAvailable()),
        given.get("NAME"),
        given.get("HELO"),
        proto == null || proto.equalsIgnoreCase("ESMTP"),
        given.containsKey("LOGIN"),
        login == null ? null : Identity.owner(login));
  }

  private static InetSocketAddress address(
      Map<String, @Nullable String> given, String address, String port, InetSocketAddress old)
      throws SmtpSyntaxException {
    String host = given.get(address);
    String number = given.get(port);
    try {
      boolean six = host != null && host.regionMatches(true, 0, "IPV6:", 0, 5);
      InetAddress where =
          host == null ? old.getAddress() : IpLiteral.parse(six ? host.substring(5) : host);
      int at = number == null ? (host == null ? old.getPort() : 0) : Integer.parseInt(number);
      if (at < 0 || at > PORTS) {
        throw new SmtpSyntaxException(port + " takes a port");
      }
      return new InetSocketAddress(where, at);
    } catch (IllegalArgumentException e) {
      throw new SmtpSyntaxException(address + " takes an address, " + port + " a port");
    }
  }
}
