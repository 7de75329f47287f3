package org.posthorn.integration;

import java.io.IOException;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.smtp.SmtpService;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;

/** How each protocol dresses SASL. */
enum SaslProtocol {
  IMAP("a CAPABILITY", "a AUTHENTICATE ", "+ ", "a OK", "a NO", "a NOOP"),
  POP3("CAPA", "AUTH ", "+ ", "+OK", "-ERR", "NOOP"),
  SMTP("EHLO client.example", "AUTH ", "334 ", "235 ", "535 ", "NOOP");

  /** Users alice and bob, with the password pencil. */
  static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "pencil").user("bob", "pencil");

  final String capabilities;
  final String authenticate;
  final String challenge;
  final String success;
  final String refusal;
  final String noop;

  SaslProtocol(
      String capabilities,
      String authenticate,
      String challenge,
      String success,
      String refusal,
      String noop) {
    this.capabilities = capabilities;
    this.authenticate = authenticate;
    this.challenge = challenge;
    this.success = success;
    this.refusal = refusal;
    this.noop = noop;
  }

  EngineFactory service(SaslPolicy policy) {
    MailStore store = MemoryStore.withAccounts("alice", "bob", "guests");
    return switch (this) {
      case IMAP ->
          ImapService.builder()
              .store(store)
              .authenticator(USERS)
              .sasl(policy)
              .failureDelay(FailureDelay.NONE)
              .build();
      case POP3 ->
          Pop3Service.builder()
              .store(store)
              .authenticator(USERS)
              .sasl(policy)
              .sharedSessions()
              .failureDelay(FailureDelay.NONE)
              .apop()
              .build();
      case SMTP ->
          SmtpService.submission(
                  "mx.example.org", LocalDelivery.into(store, "mx.example.org").build(), USERS)
              .sasl(policy)
              .failureDelay(FailureDelay.NONE)
              .build();
    };
  }

  /** Reads the greeting and asks for the capabilities; gives them all. */
  String open(TlsPeer peer) throws IOException {
    peer.line();
    peer.send(capabilities);
    StringBuilder all = new StringBuilder();
    String line;
    do {
      line = peer.line();
      all.append(line).append('\n');
    } while (!isLast(line));
    return all.toString();
  }

  private boolean isLast(String line) {
    return switch (this) {
      case IMAP -> line.startsWith("a ");
      case POP3 -> line.equals(".");
      case SMTP -> line.startsWith("250 ");
    };
  }
}
