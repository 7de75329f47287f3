package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Every login that Angus Mail can do, by its own means and by SASL providers. */
final class AngusLogins {
  private static final String NAME = "Angus Mail";

  /** What the JDK's own SASL provider has, what Angus Mail's has, and what the test's has. */
  private static final List<String> PROVIDED =
      List.of("PLAIN", "CRAM-MD5", "XOAUTH2", "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER");

  private AngusLogins() {}

  static List<SaslClientsTest.Client> all() {
    List<SaslClientsTest.Client> all = new ArrayList<>();
    for (SaslProtocol protocol : SaslProtocol.values()) {
      for (String mechanism : List.of("LOGIN", "PLAIN", "XOAUTH2")) {
        all.add(client(protocol, NAME, mechanism, "auth.mechanisms"));
      }
    }
    all.add(client(SaslProtocol.POP3, NAME, "APOP", "apop.enable"));
    for (SaslProtocol protocol : List.of(SaslProtocol.IMAP, SaslProtocol.SMTP)) {
      for (String mechanism : PROVIDED) {
        all.add(client(protocol, NAME + " with a provider", mechanism, "sasl.mechanisms"));
      }
    }
    return all;
  }

  private static SaslClientsTest.Client client(
      SaslProtocol protocol, String name, String mechanism, String property) {
    return new SaslClientsTest.Client(
        protocol,
        name,
        mechanism,
        (user, secret, port) -> {
          Session session = session(protocol, mechanism, property, port);
          try {
            if (protocol == SaslProtocol.SMTP) {
              try (Transport transport = session.getTransport("smtp")) {
                transport.connect(user, secret);
                return transport.isConnected();
              }
            }
            try (Store store = session.getStore(name(protocol))) {
              store.connect(user, secret);
              Folder inbox = store.getFolder("INBOX");
              inbox.open(Folder.READ_ONLY);
              assertTrue(inbox.isOpen());
              return true;
            }
          } catch (AuthenticationFailedException e) {
            return false;
          } catch (MessagingException e) {
            // Over POP3 the client takes the server's words about a bad token for its answer.
            assertTrue(protocol == SaslProtocol.POP3 && mechanism.equals("XOAUTH2"), e::toString);
            return false;
          }
        });
  }

  private static String name(SaslProtocol protocol) {
    return switch (protocol) {
      case IMAP -> "imap";
      case POP3 -> "pop3";
      case SMTP -> "smtp";
    };
  }

  private static Session session(SaslProtocol protocol, String mechanism, String property, int port)
      throws GeneralSecurityException {
    String prefix = "mail." + name(protocol) + ".";
    Properties properties = new Properties();
    properties.put(prefix + "host", TestServer.HOST);
    properties.put(prefix + "port", port);
    properties.put(prefix + "auth", true);
    properties.put(prefix + "timeout", TestServer.PATIENCE_MILLIS);
    properties.put(prefix + "ssl.socketFactory", TestTls.client().getSocketFactory());
    properties.put(prefix + "starttls.enable", true);
    properties.put(prefix + "starttls.required", true);
    switch (property) {
      case "sasl.mechanisms" -> {
        properties.put(prefix + "sasl.enable", true);
        // No other way in than this one.
        properties.put(prefix + "auth.mechanisms", "NTLM");
        Stream.of("login", "plain", "xoauth2")
            .forEach(other -> properties.put(prefix + "auth." + other + ".disable", true));
        properties.put(prefix + property, mechanism);
      }
      case "apop.enable" -> properties.put(prefix + property, true);
      default -> properties.put(prefix + property, mechanism);
    }
    return Session.getInstance(properties);
  }
}
