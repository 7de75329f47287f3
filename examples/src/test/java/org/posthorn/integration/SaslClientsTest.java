package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.protocol.Event;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.testkit.sasl.EveryMechanism;

/**
 * Real clients log in by every mechanism that they have, over TLS begun by STARTTLS or STLS, on
 * both drivers: Commons Net and Angus Mail, the latter also by mechanisms of a SASL provider.
 */
class SaslClientsTest {
  /** As long as those that are JSON Web Tokens. */
  static final String TOKEN = "mF_9.B5f-4.1JqM".repeat(90);

  /** A client with one mechanism: logs in, does something harmless, leaves. */
  interface Login {
    /** Whether it was let in. */
    boolean by(String user, String secret, int port) throws Exception;
  }

  record Client(SaslProtocol protocol, String name, String mechanism, Login login) {
    /** What proves the user: a password, or a token. */
    String secret() {
      return mechanism.contains("OAUTH") ? TOKEN : "pencil";
    }

    /** How the server calls it: over POP3 what the client calls LOGIN is USER and PASS. */
    String event() {
      return protocol == SaslProtocol.POP3 && mechanism.equals("LOGIN") ? "USER" : mechanism;
    }

    @Override
    public String toString() {
      return name + " over " + protocol + " by " + mechanism;
    }
  }

  @BeforeAll
  static void provideMechanisms() {
    Security.addProvider(new ScramProvider());
  }

  @AfterAll
  static void provideThemNoLonger() {
    Security.removeProvider("PosthornTestSasl");
  }

  static Stream<Arguments> everywhere() {
    List<Client> clients =
        Stream.concat(CommonsNetLogins.all().stream(), AngusLogins.all().stream()).toList();
    return Stream.of(Setup.Driver.values())
        .flatMap(driver -> clients.stream().map(client -> Arguments.of(driver, client)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void logsIn(Setup.Driver driver, Client client) throws Exception {
    Queue<Event> events = new ConcurrentLinkedQueue<>();
    try (MailServer server =
        MailServer.builder()
            .transport(driver.transport())
            .tls(TestTls.server())
            .events((when, protocol, connection, event) -> events.add(event))
            .listen(
                "mail",
                TestServer.HOST,
                0,
                TlsMode.STARTTLS,
                client.protocol().service(EveryMechanism.policy("alice", TOKEN)))
            .start()) {
      int port = server.port("mail");
      assertTrue(client.login().by("alice", client.secret(), port), client::toString);
      assertEquals(List.of("alice by " + client.event()), logins(events));
      assertFalse(client.login().by("alice", "wrong", port), client::toString);
      assertEquals(1, logins(events).size());
    }
  }

  private static List<String> logins(Queue<Event> events) {
    return events.stream()
        .filter(Event.LoggedIn.class::isInstance)
        .map(Event.LoggedIn.class::cast)
        .map(login -> login.account() + " by " + login.mechanism())
        .toList();
  }
}
