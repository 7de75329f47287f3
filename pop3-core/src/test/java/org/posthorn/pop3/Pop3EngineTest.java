package org.posthorn.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

class Pop3EngineTest {
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "secret");

  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private final EngineStage stage = new EngineStage();

  private Pop3Service service() {
    return Pop3Service.builder()
        .store(store)
        .authenticator(USERS)
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE)
        .build();
  }

  private EngineHarness loggedIn(EngineHarness pop3) {
    pop3.send("USER alice\r\nPASS secret\r\n");
    assertTrue(pop3.readText().contains("Maildrop has"));
    return pop3;
  }

  private static byte[] big(int octets) {
    byte[] message = new byte[octets];
    Arrays.fill(message, (byte) 'x');
    for (int i = 78; i + 1 < octets; i += 80) {
      message[i] = '\r';
      message[i + 1] = '\n';
    }
    message[octets - 2] = '\r';
    message[octets - 1] = '\n';
    return message;
  }

  @Test
  void aBigMessageWaitsForItsReader() throws Exception {
    byte[] message = big(3_000_000);
    Mail.deliver(store, "alice", message);
    EngineHarness pop3 = loggedIn(stage.openSlow(service(), 4096));
    pop3.send("RETR 1\r\nNOOP\r\n");
    assertEquals(Demand.DRAIN, pop3.demand());
    byte[] said = pop3.read();
    String expected =
        "+OK 3000000 octets\r\n" + new String(message, ISO_8859_1) + ".\r\n+OK Done\r\n";
    assertTrue(expected.equals(new String(said, ISO_8859_1)));
  }

  @Test
  void manyMessagesAreListedWithoutReadingThem() throws Exception {
    byte[][] messages = new byte[5_000][];
    Arrays.fill(messages, Mail.octets("Subject: x\r\n\r\n"));
    Mail.deliver(store, "alice", messages);
    EngineHarness pop3 = loggedIn(stage.open(service()));
    pop3.calls(CallRule.failOnce(new StoreException(StoreException.Code.FAULT, "no call")));
    pop3.send("STAT\r\nLIST\r\nUIDL\r\n");
    List<String> lines = pop3.readText().lines().toList();
    assertEquals("+OK 5000 70000", lines.get(0));
    assertEquals("5000 14", lines.get(5_001));
    assertEquals(1 + 5_002 + 5_002, lines.size());
  }

  @Test
  void eventsTellWhoDidWhat() throws Exception {
    Mail.deliver(store, "alice", Mail.octets("Subject: x\r\n\r\nabc\r\n"));
    EngineHarness pop3 = stage.open(service());
    pop3.send(
        "USER alice\r\nPASS wrong\r\nUSER alice\r\nPASS secret\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n");
    assertEquals(
        List.of(
            new Event.LoginRefused("alice", "USER", "wrong password"),
            new Event.LoggedIn("alice", "alice", "USER"),
            new Event.Retrieved("alice", 1, 19),
            new Event.Expunged("alice", 1)),
        pop3.events());
  }

  @Test
  void faultsAreTold() throws Exception {
    EngineHarness pop3 = loggedIn(stage.open(service()));
    Mail.deliver(store, "alice", Mail.octets("x\r\n\r\n"));
    StoreException why = new StoreException(StoreException.Code.FAULT, "broken");
    pop3.disconnect();
    EngineHarness again = loggedIn(stage.open(service()));
    again.calls(CallRule.failOnce(why));
    again.send("RETR 1\r\n");
    assertEquals(new Event.Fault("pop3", why), again.event(Event.Fault.class));
  }

  @Test
  void aMessageThatBreaksOffEndsTheConnection() throws Exception {
    Mail.deliver(store, "alice", big(200_000));
    EngineHarness pop3 = loggedIn(stage.open(service()));
    StoreException why = new StoreException(StoreException.Code.CORRUPTION, "torn");
    pop3.calls(
        CallRule.failOnce(call -> call.toString().equals("slice of a message at 65536"), why));
    pop3.send("RETR 1\r\nNOOP\r\n");
    String said = pop3.readText();
    assertTrue(pop3.closed());
    assertFalse(said.contains("\r\n.\r\n"));
    assertFalse(said.contains("-ERR"));
  }

  @Test
  void theLockIsFreeWhenTheClientVanishesDuringLogin() {
    EngineHarness pop3 = stage.open(service());
    pop3.calls(CallRule.HOLD);
    pop3.send("USER alice\r\nPASS secret\r\n");
    pop3.runHeldCall();
    pop3.disconnect();
    pop3.runHeldCall();
    loggedIn(stage.open(service()));
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    Mail.deliver(store, "alice", big(200_000));
    EngineHarness pop3 = loggedIn(stage.openSlow(service(), 1000));
    pop3.send("RETR 1\r\n");
    stage.advance(Duration.ofMinutes(10));
    assertTrue(pop3.closed());
    loggedIn(stage.open(service()));
  }

  @Test
  void aClientThatNeverAsksTheStoreKeepsItsLock() {
    EngineHarness pop3 = loggedIn(stage.open(service()));
    stage.advance(Duration.ofSeconds(61));
    pop3.calls(CallRule.HOLD);
    pop3.send("NOOP\r\n");
    assertTrue(String.valueOf(pop3.heldCall()).startsWith("KeepLease"));
    pop3.runHeldCall();
    pop3.send("NOOP\r\n");
    assertEquals("+OK Done\r\n+OK Done\r\n", pop3.readText());
  }

  @Test
  void aHalfClosedClientGetsItsAnswers() throws Exception {
    Mail.deliver(store, "alice", big(200_000));
    EngineHarness pop3 = loggedIn(stage.openSlow(service(), 1000));
    pop3.send("RETR 1\r\n");
    pop3.endInput();
    assertEquals(200_000 + "+OK 200000 octets\r\n.\r\n".length(), pop3.read().length);
    assertTrue(pop3.closed());
  }

  @Test
  void hintsDoNotDisturb() throws Exception {
    EngineHarness pop3 = loggedIn(stage.open(service()));
    Mail.deliver(store, "alice", Mail.octets("x\r\n\r\n"));
    pop3.send("STAT\r\n");
    assertEquals("+OK 0 0\r\n", pop3.readText());
    assertNull(pop3.event(Event.Fault.class));
  }

  @Test
  void limitsAndGreetingAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> Pop3Limits.DEFAULTS.withIdle(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> Pop3Limits.DEFAULTS.withLineOctets(10));
    assertThrows(IllegalArgumentException.class, () -> Pop3Service.builder().greeting("hi <1@x>"));
    assertThrows(
        IllegalArgumentException.class, () -> Pop3Service.builder().greeting("a\r\n+OK b"));
    assertThrows(NullPointerException.class, () -> Pop3Service.builder().store(store).build());
  }

  @Property(tries = 300)
  void noInputThrows(@ForAll byte[] garbage) {
    EngineHarness pop3 = new EngineStage().open(service());
    pop3.send(garbage);
    pop3.send("\r\n");
    assertTrue(pop3.readText().startsWith("+OK Posthorn"));
  }
}
