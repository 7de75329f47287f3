package org.posthorn.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** What an integrator may choose, where a transcript does not reach. */
class Pop3PolicyTest {
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "secret");

  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private final EngineStage stage = new EngineStage();

  private Pop3Service.Builder service(MemoryStore mail) {
    return Pop3Service.builder()
        .store(mail)
        .authenticator(USERS)
        .hostname("mail.example")
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE);
  }

  private EngineHarness loggedIn(Pop3Service service) {
    EngineHarness pop3 = stage.open(service);
    pop3.send("USER alice\r\nPASS secret\r\n");
    assertTrue(pop3.readText().contains("Maildrop has"));
    return pop3;
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String timestamp(String greeting) {
    return greeting.substring(greeting.indexOf('<'), greeting.indexOf('>') + 1);
  }

  /** RFC 1939 section 7, its own example among them. */
  @Test
  void apop() {
    assertEquals(
        "c4c9334bac560ecc979e58001b3e22fb", md5("<1896.697170952@dbc.mtview.ca.us>tanstaaf"));
    Pop3Service service = service(store).apop().build();
    EngineHarness pop3 = stage.open(service);
    String stamp = timestamp(pop3.readText());
    assertTrue(stamp.matches("<[0-9a-f]{32}@mail\\.example>"), stamp);
    pop3.send("APOP alice " + md5(stamp + "wrong") + "\r\n");
    assertEquals("-ERR [AUTH] Authentication failed\r\n", pop3.readText());
    pop3.send("APOP nobody " + md5(stamp + "secret") + "\r\n");
    assertEquals("-ERR [AUTH] Authentication failed\r\n", pop3.readText());
    pop3.send("APOP alice\r\n");
    assertTrue(pop3.readText().startsWith("-ERR Expected"));
    pop3.send("APOP alice " + md5(stamp + "secret") + "\r\n");
    assertEquals("+OK Maildrop has 0 messages\r\n", pop3.readText());
    assertEquals(new Event.LoggedIn("alice", "alice", "APOP"), pop3.event(Event.LoggedIn.class));
  }

  @Test
  void timestampsDiffer() {
    Pop3Service service = service(store).apop().build();
    String first = timestamp(stage.open(service).readText());
    assertFalse(first.equals(timestamp(stage.open(service).readText())));
  }

  @Test
  void apopIsThereOnlyWhenAskedFor() {
    EngineHarness pop3 = stage.open(service(store).build());
    assertFalse(pop3.readText().contains("<"));
    pop3.send("APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n");
    assertEquals("-ERR Unknown command\r\n", pop3.readText());
  }

  @Test
  void deletedMessagesMayMoveElsewhere() throws Exception {
    Mail.deliver(store, "alice", Mail.octets("Subject: a\r\n\r\n"), Mail.octets("b\r\n"));
    MailboxName archive = MailboxName.of("Archive");
    Pop3Service service = service(store).removal(Removal.moveTo(archive)).build();
    EngineHarness pop3 = loggedIn(service);
    pop3.send("DELE 2\r\nQUIT\r\n");
    assertTrue(pop3.readText().endsWith("+OK Bye\r\n"));
    assertEquals(new Event.Expunged("alice", 1), pop3.event(Event.Expunged.class));
    assertEquals(1, messages(archive));
    assertEquals(1, messages(MailboxName.INBOX));
    EngineHarness again = loggedIn(service);
    again.send("DELE 1\r\nQUIT\r\n");
    assertEquals(2, messages(archive));
  }

  private long messages(MailboxName name) throws StoreException {
    try (Account account = store.open(Identity.owner("alice"))) {
      MailboxStatus status = account.status(name, Set.of(StatusItem.MESSAGES));
      return status.get(StatusItem.MESSAGES);
    }
  }

  @Test
  void oldMessagesGoAtQuit() throws Exception {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    MemoryStore old =
        MemoryStore.builder()
            .clock(Clock.fixed(now.minus(Duration.ofDays(31)), ZoneOffset.UTC))
            .build();
    old.createAccount("alice");
    Mail.deliver(old, "alice", Mail.octets("Subject: a\r\n\r\n"));
    Pop3Service longer = service(old).expiry(Expiry.afterDays(32)).build();
    EngineHarness pop3 = loggedIn(longer);
    pop3.send("CAPA\r\nQUIT\r\n");
    assertTrue(pop3.readText().contains("\r\nEXPIRE 32\r\n"));
    EngineHarness second = loggedIn(service(old).expiry(Expiry.afterDays(30)).build());
    second.send("STAT\r\nQUIT\r\n");
    assertEquals("+OK 1 14\r\n+OK Bye\r\n", second.readText());
    EngineHarness third = loggedIn(longer);
    third.send("STAT\r\n");
    assertEquals("+OK 0 0\r\n", third.readText());
    assertThrows(IllegalArgumentException.class, () -> Expiry.afterDays(0));
  }

  /** No body is opened, no call made after the login: all is known by then. */
  @Test
  void aHundredThousandMessagesAreListedWithoutReadingOne() throws Exception {
    byte[][] messages = new byte[200][];
    Arrays.fill(messages, Mail.octets("Subject: x\r\n\r\n"));
    for (int i = 0; i < 500; i++) {
      Mail.deliver(store, "alice", messages);
    }
    EngineHarness pop3 = loggedIn(service(store).build());
    pop3.calls(CallRule.failOnce(new StoreException(StoreException.Code.FAULT, "no call")));
    pop3.send("STAT\r\nLIST\r\nUIDL\r\n");
    List<String> lines = pop3.readText().lines().toList();
    assertEquals("+OK 100000 1400000", lines.get(0));
    assertEquals("100000 14", lines.get(100_001));
    assertTrue(lines.get(200_003).startsWith("100000 "));
    assertEquals(1 + 100_002 + 100_002, lines.size());
  }

  /** Guessing over many connections is slowed down; it costs no thread, only a deadline. */
  @Test
  void guessingIsThrottledOverConnections() {
    LoginThrottle throttle =
        new LoginThrottle(
            new LoginThrottle.Settings(
                2, Duration.ofSeconds(4), Duration.ofSeconds(10), Duration.ofMinutes(5), 100));
    Pop3Service service = service(store).throttle(throttle).build();
    for (int i = 0; i < 3; i++) {
      EngineHarness pop3 = stage.open(service);
      pop3.send("USER alice\r\nPASS wrong\r\n");
      assertTrue(pop3.readText().contains("-ERR [AUTH]"));
    }
    EngineHarness slow = stage.open(service);
    slow.send("USER alice\r\nPASS secret\r\n");
    assertEquals("+OK Posthorn POP3 ready\r\n+OK Send the password\r\n", slow.readText());
    stage.advance(Duration.ofSeconds(3));
    assertEquals("", slow.readText());
    stage.advance(Duration.ofSeconds(2));
    assertEquals("+OK Maildrop has 0 messages\r\n", slow.readText());
  }
}
