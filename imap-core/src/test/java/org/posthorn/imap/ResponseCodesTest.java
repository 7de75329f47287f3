package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.LoginDecision.Reason;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** RFC 5530: every code that can apply is given, and the session goes on. */
class ResponseCodesTest {
  /** Users are called after what is wrong with them. */
  private static final class Users implements Authenticator {
    @Override
    public LoginDecision verify(LoginAttempt attempt, Secret password) {
      return authorize(attempt);
    }

    @Override
    public LoginDecision authorize(LoginAttempt attempt) {
      return switch (attempt.authenticationId()) {
        case "alice" ->
            attempt.authorizationId().isEmpty() || attempt.authorizationId().equals("alice")
                ? new LoginDecision.Granted(Identity.owner("alice"))
                : new LoginDecision.Denied(Reason.AUTHORIZATION, "not for others");
        case "expired" -> new LoginDecision.Denied(Reason.EXPIRED, "long ago");
        case "disabled" -> new LoginDecision.Denied(Reason.DISABLED, "by the administrator");
        case "gone" -> new LoginDecision.Granted(Identity.owner("gone"));
        default -> new LoginDecision.Denied(Reason.CREDENTIALS, "unknown");
      };
    }
  }

  private MemoryStore store;
  private EngineHarness client;

  @BeforeEach
  void open() {
    store = MemoryStore.withAccounts("alice");
    client = connect(SaslPolicy.STANDARD.allowingPasswordsWithoutTls());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private EngineHarness connect(SaslPolicy policy) {
    EngineHarness connected =
        new EngineStage()
            .open(
                ImapService.builder()
                    .store(store)
                    .authenticator(new Users())
                    .sasl(policy)
                    .failureDelay(FailureDelay.NONE)
                    .build());
    connected.read();
    return connected;
  }

  private String result(String command) {
    client.send("a " + command.replace("\\n", "\r\n") + "\r\n");
    List<String> lines = client.readText().lines().toList();
    return lines.get(lines.size() - 1);
  }

  private void given(String code, String command) {
    String result = result(command);
    assertTrue(
        result.startsWith("a NO [" + code + "] "),
        () -> command.lines().findFirst() + ": " + result);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTHENTICATIONFAILED,LOGIN nobody x",
    "EXPIRED,LOGIN expired x",
    "CONTACTADMIN,LOGIN disabled x",
    "NONEXISTENT,LOGIN gone x",
  })
  void logins(String code, String command) {
    given(code, command);
    assertTrue(result("LOGIN alice x").startsWith("a OK"));
  }

  @Test
  void actingAsSomebodyElse() {
    byte[] plain = "bob\0alice\0x".getBytes(StandardCharsets.UTF_8);
    given("AUTHORIZATIONFAILED", "AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(plain));
  }

  @Test
  void passwordsWithoutTls() {
    client = connect(SaslPolicy.STANDARD);
    given("PRIVACYREQUIRED", "LOGIN alice x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE Box",
        "DELETE Box",
        "RENAME Box Chest",
        "SUBSCRIBE Box",
        "UNSUBSCRIBE Box",
        "LIST \"\" *",
        "LSUB \"\" *",
        "STATUS INBOX (MESSAGES)",
        "APPEND INBOX {1+}\\nx",
        "GETMETADATA INBOX /private/comment",
        "GETQUOTAROOT INBOX",
        "MYRIGHTS INBOX",
        "FETCH 1 BODY[]",
        "STORE 1 +FLAGS (\\Seen)",
        "COPY 1 INBOX",
        "MOVE 1 INBOX",
        "EXPUNGE",
        "UID EXPUNGE 1",
        "SEARCH TEXT x",
        "SORT (SUBJECT) UTF-8 ALL",
        "THREAD REFS UTF-8 ALL",
        "REPLACE 1 INBOX {1+}\\nx",
        "SELECT INBOX",
      })
  void whatTheStoreSays(String command) {
    for (StoreException.Code code : StoreException.Code.values()) {
      client = connect(SaslPolicy.STANDARD.allowingPasswordsWithoutTls());
      result("LOGIN alice x");
      result("APPEND INBOX {1+}\\nx");
      result("SELECT INBOX");
      boolean[] failed = {false};
      client.calls(
          call -> {
            boolean first = !failed[0];
            failed[0] = true;
            return first
                ? new CallRule.Fail(new StoreException(code, "on purpose"))
                : new CallRule.Run();
          });
      String result = result(command);
      // Where a mailbox is missing that messages go to; and what is gone is passed over.
      String expected =
          switch (code) {
            case NONEXISTENT -> "NO \\[(NONEXISTENT|TRYCREATE)] .*";
            case NO_PERMISSION -> "(NO \\[NOPERM]|OK \\[READ-ONLY]) .*";
            case READ_ONLY -> "(NO \\[UNAVAILABLE]|OK \\[READ-ONLY]) .*";
            case EXPUNGED -> "NO \\[EXPUNGEISSUED] .*";
            case ALREADY_EXISTS -> "NO \\[ALREADYEXISTS] .*";
            case CANNOT -> "NO \\[CANNOT] .*";
            case HAS_CHILDREN -> "NO \\[HASCHILDREN] .*";
            case USE_ATTRIBUTE -> "NO \\[USEATTR] .*";
            case OVER_QUOTA -> "NO \\[OVERQUOTA] .*";
            case TOO_BIG -> "NO \\[TOOBIG] .*";
            case LIMIT -> "NO \\[LIMIT] .*";
            case IN_USE -> "NO \\[INUSE] .*";
            case NO_SPACE, UNAVAILABLE, CANCELLED -> "NO \\[UNAVAILABLE] .*";
            case CORRUPTION -> "NO \\[CORRUPTION] .*";
            case FAULT -> "NO \\[SERVERBUG] Internal error.*";
          };
      assertTrue(result.matches("a " + expected), () -> command + " with " + code + ": " + result);
      assertTrue(result("NOOP").startsWith("a OK"), () -> command + " with " + code);
    }
  }

  /** RFC 6855 section 4, where an integrator wants it. */
  @Test
  void eightBitHeaders() {
    ImapService strict =
        ImapService.builder()
            .store(store)
            .authenticator(new Users())
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .refuseEightBitHeaders()
            .build();
    String message = "Subject: \u00e9\r\n\r\n\u00e9\r\n";
    String append = "APPEND INBOX {" + message.getBytes(StandardCharsets.UTF_8).length + "+}\\n";
    result("LOGIN alice x");
    assertTrue(result(append + message).startsWith("a OK"), "usually they are taken");
    client = new EngineStage().open(strict);
    result("LOGIN alice x");
    given("CANNOT", append + message);
    assertTrue(result("APPEND INBOX {9+}\\nA: \r\n\r\n\u00e9").startsWith("a OK"));
    result("ENABLE UTF8=ACCEPT");
    assertTrue(result(append + message).startsWith("a OK"));
    assertEquals(
        "* STATUS INBOX (MESSAGES 3)",
        answer("STATUS INBOX (MESSAGES)").lines().findFirst().orElse(""));
  }

  private String answer(String command) {
    client.send("a " + command + "\r\n");
    return client.readText();
  }

  @Test
  void metadataBeyondItsLimits() {
    result("LOGIN alice x");
    String big = "{32769+}\\n" + "x".repeat(32_769);
    given("METADATA MAXSIZE 32768", "SETMETADATA INBOX (/private/comment " + big + ")");
    for (int i = 0; i < 100; i++) {
      assertTrue(result("SETMETADATA INBOX (/private/e" + i + " \"x\")").startsWith("a OK"));
    }
    given("METADATA TOOMANY", "SETMETADATA INBOX (/private/another \"x\")");
    assertTrue(result("SETMETADATA INBOX (/private/e1 NIL)").startsWith("a OK"));
    assertTrue(result("SETMETADATA INBOX (/private/another \"x\")").startsWith("a OK"));
  }
}
