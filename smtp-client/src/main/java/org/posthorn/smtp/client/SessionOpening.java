package org.posthorn.smtp.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.SmtpClient.Need;

/** From the greeting to a session that takes mail: EHLO, STARTTLS, AUTH. */
final class SessionOpening {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SmtpClient client;
  private final ClientSettings settings;
  private final Supplier<String> nonces;
  private boolean encrypted;

  SessionOpening(SmtpClient client, ClientSettings settings, Supplier<String> nonces) {
    this.client = client;
    this.settings = settings;
    this.nonces = nonces;
    this.encrypted = settings.tls() == TlsUse.IMPLICIT;
  }

  void begin() {
    client.expect(
        reply -> {
          if (reply.positive()) {
            hello();
          } else {
            client.fail(reply.verdict());
          }
        },
        PATIENCE);
  }

  boolean encrypted() {
    return encrypted;
  }

  /** RFC 3207 section 4.2: what was announced before is forgotten. */
  void tlsEstablished() {
    encrypted = true;
    client.abilities(ServerAbilities.NONE);
    hello();
  }

  private void hello() {
    String verb = settings.lmtp() ? "LHLO " : "EHLO ";
    client.command(verb + settings.name(), this::greeted, PATIENCE);
  }

  private void greeted(ServerReply reply) {
    boolean unknown = reply.code() >= 500 && reply.code() <= 504;
    if (reply.positive()) {
      client.abilities(ServerAbilities.of(reply));
      secure();
    } else if (unknown && !settings.lmtp()) {
      client.command("HELO " + settings.name(), this::greetedPlainly, PATIENCE);
    } else {
      client.fail(reply.verdict());
    }
  }

  private void greetedPlainly(ServerReply reply) {
    if (reply.positive()) {
      client.abilities(ServerAbilities.NONE);
      secure();
    } else {
      client.fail(reply.verdict());
    }
  }

  private void secure() {
    boolean offered = client.abilities().has("STARTTLS");
    boolean wanted = settings.tls() == TlsUse.OPPORTUNISTIC || settings.tls() == TlsUse.REQUIRED;
    if (encrypted || !wanted || (!offered && settings.tls() == TlsUse.OPPORTUNISTIC)) {
      authenticate();
    } else if (!offered) {
      client.fail(new Verdict(451, "4.7.4", "The next server does not offer TLS"));
    } else {
      client.command("STARTTLS", this::mayStartTls, PATIENCE);
    }
  }

  private void mayStartTls(ServerReply reply) {
    if (reply.code() == 220) {
      client.need(Need.TLS);
    } else if (settings.tls() == TlsUse.REQUIRED) {
      client.fail(new Verdict(451, "4.7.4", "The next server refused TLS: " + reply.text()));
    } else {
      authenticate();
    }
  }

  private void authenticate() {
    if (settings.login().isEmpty()) {
      client.need(Need.READY);
      return;
    }
    Optional<LoginDialogue> dialogue =
        LoginDialogue.with(
            client.abilities().mechanisms(),
            settings.login().get(),
            encrypted || settings.passwordsWithoutTls(),
            nonces.get());
    if (dialogue.isEmpty()) {
      client.fail(new Verdict(454, "4.7.0", "The next server offers no way to log in"));
    } else {
      say(dialogue.get(), dialogue.get().command());
    }
  }

  private void say(LoginDialogue dialogue, String line) {
    client.command(line, reply -> answered(dialogue, reply), PATIENCE);
  }

  private void answered(LoginDialogue dialogue, ServerReply reply) {
    if (reply.code() == 334) {
      say(dialogue, dialogue.answer(reply.lines().get(0)));
    } else if (reply.positive() && dialogue.believes(reply)) {
      client.need(Need.READY);
    } else if (reply.positive()) {
      client.fail(new Verdict(454, "4.7.0", "The next server does not prove that it is the one"));
    } else {
      // The password may be put right: the mail waits for it.
      client.fail(new Verdict(454, "4.7.0", "The next server refused our login: " + reply.text()));
    }
  }
}
