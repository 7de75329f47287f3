package org.posthorn.pop3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.sasl.EveryMechanism;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptTests;
import org.posthorn.testkit.transcript.Wires;

/**
 * Runs the scripts with accounts alice and bob, both with the password secret. Settings: {@code
 * tls-only}, {@code mechanisms every}, {@code delay}, {@code errors 3}, {@code login-delay 10},
 * {@code shared}, {@code expire 0}, {@code removal keep}. Directives: {@code @deliver alice text}
 * where \n is CRLF, {@code @expunge alice uid}.
 */
class Pop3TranscriptTest extends TranscriptTests {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private static final Pop3Language GERMAN =
      new Pop3Language(
          "de",
          "Deutsch",
          Map.of(
              "Language changed", "Sprache gewählt",
              "Not in this state", "Nicht in diesem Zustand"));

  /** One for all runs: salts are random. */
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret word");

  @Override
  protected Wires wires(Transcript script, Feed feed) {
    MemoryStore store = MemoryStore.builder().clock(CLOCK).build();
    store.createAccount("alice");
    store.createAccount("bob");
    SaslPolicy policy = SaslPolicy.STANDARD;
    if (script.setting("mechanisms").contains("every")) {
      store.createAccount(EveryMechanism.GUESTS);
      policy = EveryMechanism.policy("alice", "token");
    }
    Pop3Limits limits = Pop3Limits.DEFAULTS;
    for (String errors : script.setting("errors")) {
      limits = limits.withBadCommands(Integer.parseInt(errors));
    }
    Pop3Service.Builder service =
        Pop3Service.builder()
            .store(store)
            .authenticator(USERS)
            .sasl(
                script.setting("tls-only").isEmpty()
                    ? policy.allowingPasswordsWithoutTls()
                    : policy)
            .failureDelay(
                script.setting("delay").isEmpty()
                    ? FailureDelay.NONE
                    : new FailureDelay(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(9), 3))
            .limits(limits)
            .language(GERMAN);
    for (String seconds : script.setting("login-delay")) {
      service.loginDelay(Duration.ofSeconds(Long.parseLong(seconds)));
    }
    if (!script.setting("shared").isEmpty()) {
      service.sharedSessions();
    }
    if (script.setting("expire").contains("0")) {
      service.expiry(Expiry.atOnce());
    }
    if (script.setting("removal").contains("keep")) {
      service.removal(Removal.KEEP);
    }
    return new HarnessWires(service.build(), feed)
        .with("deliver", argument -> deliver(store, argument))
        .with("expunge", argument -> expunge(store, argument));
  }

  private static void deliver(MemoryStore store, String argument) {
    String[] words = argument.split(" ", 2);
    try {
      Mail.deliver(store, words[0], Mail.octets(words[1].replace("\\n", "\r\n")));
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void expunge(MemoryStore store, String argument) {
    String[] words = argument.split(" ", 2);
    try (Account account = store.open(Identity.owner(words[0]));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      inbox.remove(UidSet.of(Long.parseLong(words[1])));
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }
}
