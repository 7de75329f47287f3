package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.apache.commons.net.imap.AuthenticatingIMAPClient;
import org.apache.commons.net.pop3.ExtendedPOP3Client;
import org.apache.commons.net.pop3.POP3Reply;
import org.apache.commons.net.pop3.POP3SClient;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;

/** Every login that Commons Net can do. */
final class CommonsNetLogins {
  private static final String NAME = "Commons Net";

  private CommonsNetLogins() {}

  static List<SaslClientsTest.Client> all() {
    return List.of(
        imap(AuthenticatingIMAPClient.AUTH_METHOD.PLAIN, "PLAIN"),
        imap(AuthenticatingIMAPClient.AUTH_METHOD.LOGIN, "LOGIN"),
        imap(AuthenticatingIMAPClient.AUTH_METHOD.CRAM_MD5, "CRAM-MD5"),
        imap(AuthenticatingIMAPClient.AUTH_METHOD.XOAUTH2, "XOAUTH2"),
        smtp(AuthenticatingSMTPClient.AUTH_METHOD.PLAIN, "PLAIN"),
        smtp(AuthenticatingSMTPClient.AUTH_METHOD.LOGIN, "LOGIN"),
        smtp(AuthenticatingSMTPClient.AUTH_METHOD.CRAM_MD5, "CRAM-MD5"),
        smtp(AuthenticatingSMTPClient.AUTH_METHOD.XOAUTH2, "XOAUTH2"),
        pop3(ExtendedPOP3Client.AUTH_METHOD.CRAM_MD5, "CRAM-MD5"),
        pop3(ExtendedPOP3Client.AUTH_METHOD.PLAIN, "PLAIN"),
        new SaslClientsTest.Client(SaslProtocol.POP3, NAME, "USER", CommonsNetLogins::user),
        new SaslClientsTest.Client(SaslProtocol.POP3, NAME, "APOP", CommonsNetLogins::apop));
  }

  /** What the client sends instead of a name: over IMAP as it is, over SMTP in base64. */
  private static String token(String user, String secret) {
    return "user=" + user + "\u0001auth=Bearer " + secret + "\u0001\u0001";
  }

  private static SaslClientsTest.Client imap(
      AuthenticatingIMAPClient.AUTH_METHOD method, String mechanism) {
    return new SaslClientsTest.Client(
        SaslProtocol.IMAP,
        NAME,
        mechanism,
        (user, secret, port) -> {
          AuthenticatingIMAPClient client = new AuthenticatingIMAPClient(false, TestTls.client());
          client.setTrustManager(TestTls.trustManager());
          client.setDefaultTimeout(TestServer.PATIENCE_MILLIS);
          client.connect(TestServer.HOST, port);
          try {
            assertTrue(client.execTLS(), client::getReplyString);
            String name = user;
            if (mechanism.equals("XOAUTH2")) {
              name = Base64.getEncoder().encodeToString(token(user, secret).getBytes(UTF_8));
            }
            boolean in = client.authenticate(method, name, secret);
            assertEquals(in, client.select("INBOX"));
            return in;
          } finally {
            client.disconnect();
          }
        });
  }

  private static SaslClientsTest.Client smtp(
      AuthenticatingSMTPClient.AUTH_METHOD method, String mechanism) {
    return new SaslClientsTest.Client(
        SaslProtocol.SMTP,
        NAME,
        mechanism,
        (user, secret, port) -> {
          AuthenticatingSMTPClient client = new AuthenticatingSMTPClient(false, TestTls.client());
          client.setTrustManager(TestTls.trustManager());
          client.setDefaultTimeout(TestServer.PATIENCE_MILLIS);
          client.connect(TestServer.HOST, port);
          try {
            client.ehlo("client.example");
            assertTrue(client.execTLS(), client::getReplyString);
            client.ehlo("client.example");
            String name = mechanism.equals("XOAUTH2") ? token(user, secret) : user;
            client.auth(method, name, secret);
            // Where it has a token the client expects one question more than Google asks.
            boolean in = client.getReplyCode() == 235;
            assertEquals(in, client.setSender("alice@example.org"));
            return in;
          } finally {
            client.disconnect();
          }
        });
  }

  private static SaslClientsTest.Client pop3(
      ExtendedPOP3Client.AUTH_METHOD method, String mechanism) {
    return new SaslClientsTest.Client(
        SaslProtocol.POP3,
        NAME,
        mechanism,
        (user, secret, port) -> {
          ExtendedPOP3Client client = new ExtendedPOP3Client();
          connect(client, port);
          try {
            assertTrue(client.execTLS(), client::getReplyString);
            boolean in = client.auth(method, user, secret);
            assertEquals(in, client.sendCommand("STAT") == POP3Reply.OK);
            return in;
          } finally {
            client.disconnect();
          }
        });
  }

  private static void connect(POP3SClient client, int port) throws IOException {
    client.setTrustManager(TestTls.trustManager());
    client.setDefaultTimeout(TestServer.PATIENCE_MILLIS);
    client.connect(TestServer.HOST, port);
  }

  private static boolean user(String user, String secret, int port) throws Exception {
    POP3SClient client = new POP3SClient(false, TestTls.client());
    connect(client, port);
    try {
      assertTrue(client.execTLS(), client::getReplyString);
      boolean in = client.login(user, secret);
      assertEquals(in, client.status() != null);
      return in;
    } finally {
      client.disconnect();
    }
  }

  private static boolean apop(String user, String secret, int port) throws Exception {
    POP3SClient client = new POP3SClient(false, TestTls.client());
    connect(client, port);
    try {
      String greeting = client.getReplyString();
      String timestamp = greeting.substring(greeting.indexOf('<'), greeting.indexOf('>') + 1);
      boolean in = client.login(user, timestamp, secret);
      assertEquals(in, client.status() != null);
      return in;
    } finally {
      client.disconnect();
    }
  }
}
