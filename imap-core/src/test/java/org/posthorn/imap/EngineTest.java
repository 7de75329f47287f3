package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** What transcripts cannot show: calls, output that is not read, connections that vanish. */
class EngineTest {
  private final EngineStage stage = new EngineStage();
  private final List<StoreCall<?>> calls = new ArrayList<>();
  private MemoryStore store;
  private ImapService service;

  @BeforeEach
  void open() {
    store = MemoryStore.withAccounts("alice");
    service =
        ImapService.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .failureDelay(FailureDelay.NONE)
            .build();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private EngineHarness login() {
    return loggedIn(stage.open(service));
  }

  private EngineHarness loggedIn(EngineHarness client) {
    client.calls(
        call -> {
          calls.add(call);
          return new CallRule.Run();
        });
    client.send("a LOGIN alice secret\r\n");
    assertTrue(client.readText().contains("a OK"));
    return client;
  }

  private static void append(EngineHarness client, int messages, int octets) {
    String body = "Subject: x\r\n\r\n" + "y".repeat(octets);
    for (int i = 0; i < messages; i++) {
      client.send("a APPEND INBOX {" + body.length() + "+}\r\n" + body + "\r\n");
    }
    assertTrue(client.readText().contains("a OK [APPENDUID"));
  }

  @Test
  void whatOneChangedOneselfIsNotReadBack() throws StoreException {
    EngineHarness client = login();
    append(client, 3, 10);
    client.send("b SELECT INBOX\r\n");
    client.read();
    calls.clear();
    client.send("c STORE 1:3 +FLAGS.SILENT (\\Flagged)\r\n");
    assertEquals("c OK STORE completed\r\n", client.readText());
    Sync.SyncCall sync = (Sync.SyncCall) calls.get(calls.size() - 1);
    assertEquals(List.of(), sync.mailbox().changesSince(sync.from(), PageLimit.DEFAULT).changed());

    EngineHarness other = login();
    other.send("b SELECT INBOX\r\n");
    client.calls(CallRule.HOLD);
    client.send("d STORE 1 -FLAGS.SILENT (\\Flagged)\r\n");
    other.send("d STORE 2 +FLAGS.SILENT (\\Seen)\r\n");
    other.read();
    client.calls(CallRule.RUN);
    client.runHeldCall();
    assertEquals(
        "* 2 FETCH (FLAGS (\\Seen \\Flagged \\Recent))\r\nd OK STORE completed\r\n",
        client.readText());
  }

  @Test
  void whoDoesNotReadIsNotServedFurther() {
    EngineHarness client = login();
    append(client, 400, 8_000);
    EngineHarness slow = stage.openSlow(service, 1_000);
    loggedIn(slow);
    slow.send("a SELECT INBOX\r\n");
    slow.read();
    calls.clear();
    slow.send("a FETCH 1:* BODY.PEEK[]\r\nb NOOP\r\nc NOOP\r\n");
    assertEquals(Demand.DRAIN, slow.demand());
    assertEquals(1, calls.size(), "one page and no more is made for a client that does not read");
    long octets = 0;
    StringBuilder tail = new StringBuilder();
    for (byte[] some = slow.readWindow(); some.length > 0; some = slow.readWindow()) {
      octets += some.length;
      tail.append(new String(some, StandardCharsets.ISO_8859_1));
      tail.delete(0, Math.max(0, tail.length() - 200));
    }
    assertTrue(octets > 400 * 8_000, () -> "all messages came");
    assertTrue(tail.toString().endsWith("c OK NOOP completed\r\n"), tail::toString);
    assertTrue(calls.size() > 5, "many pages");
  }

  @Test
  void aLongListWaitsForItsReader() {
    EngineHarness client = login();
    for (int i = 0; i < 1_000; i++) {
      client.send("a CREATE box" + i + "\r\n");
    }
    client.read();
    EngineHarness slow = loggedIn(stage.openSlow(service, 500));
    slow.send("a LIST \"\" *\r\n");
    assertEquals(Demand.DRAIN, slow.demand());
    String all = slow.readText();
    assertEquals(1_001, all.lines().filter(line -> line.startsWith("* LIST")).count());
  }

  @Test
  void anAppendThatIsCutOffLeavesNoTrace() {
    EngineHarness client = login();
    client.send("a APPEND INBOX {100000}\r\n");
    assertTrue(client.readText().startsWith("+ "));
    client.send("x".repeat(70_000));
    client.disconnect();
    EngineHarness other = login();
    other.send("a STATUS INBOX (MESSAGES)\r\n");
    assertTrue(other.readText().contains("MESSAGES 0"));
    assertEquals(0, store.bodyOctets());
  }

  @Test
  void aConnectionMayVanishDuringAnyCall() {
    for (String command :
        List.of("SELECT INBOX", "APPEND INBOX {5}", "LIST \"\" *", "STATUS INBOX (MESSAGES)")) {
      EngineHarness client = login();
      client.calls(CallRule.HOLD);
      client.send("a " + command + "\r\n");
      assertNotNull(client.heldCall(), command);
      client.disconnect();
      assertTrue(client.heldCallCancelled());
      client.runHeldCall();
      assertEquals(Demand.CLOSED, client.demand());
    }
  }

  @Test
  void refusedLiteralsAreNotHeld() {
    EngineHarness client = login();
    byte[] some = new byte[1 << 20];
    for (int i = 0; i < 10; i++) {
      client.send("a APPEND Nowhere {26214400+}\r\n");
      for (int sent = 0; sent < 25; sent++) {
        client.send(some);
        assertEquals(0, client.unreadInput());
      }
      client.send("\r\n");
    }
    client.send("b NOOP\r\n");
    String answers = client.readText();
    assertEquals(10, answers.lines().filter(line -> line.startsWith("a NO [TRYCREATE]")).count());
    assertTrue(answers.endsWith("b OK NOOP completed\r\n"));
  }

  @Test
  void setsAreClampedToTheView() {
    EngineHarness client = login();
    append(client, 3, 10);
    client.send("a SELECT INBOX\r\n");
    client.read();
    calls.clear();
    client.send("a UID FETCH 1000000:2000000 FLAGS\r\n");
    assertEquals("a OK FETCH completed\r\n", client.readText());
    assertEquals(List.of(), calls, "nothing was asked for, so nothing is called");
    client.send("a FETCH 1:4294967295 UID\r\n");
    assertEquals(4, client.readText().lines().count());
    String many =
        LongStream.range(0, 100_000).mapToObj(i -> 2 * i + 1 + "").collect(Collectors.joining(","));
    client.send("a UID FETCH " + many + " FLAGS\r\n");
    assertTrue(client.readText().startsWith("a BAD [TOOBIG]"));
    client.send("a UID FETCH " + many.substring(0, 50_000) + "1 UID\r\n");
    assertTrue(client.readText().endsWith("a OK FETCH completed\r\n"));
  }

  @Test
  void nothingIsCalledWhileNothingHappens() {
    EngineHarness client = login();
    append(client, 1, 10);
    client.send("a SELECT INBOX\r\n");
    client.read();
    calls.clear();
    client.send("a UID FETCH 99 FLAGS\r\nb CAPABILITY\r\nc UID SEARCH UID 99\r\n");
    assertTrue(client.readText().endsWith("c OK SEARCH completed\r\n"));
    assertEquals(1, calls.size(), "only the search itself");
  }

  @Test
  void eventsForTheAccessLog() {
    EngineHarness client = login();
    append(client, 2, 100);
    client.send("a SELECT INBOX\r\nb FETCH 1:2 BODY[]\r\nc STORE 1 FLAGS.SILENT \\Deleted\r\n");
    client.send("d EXPUNGE\r\n");
    client.read();
    assertEquals(new Event.LoggedIn("alice", "alice", "LOGIN"), client.event(Event.LoggedIn.class));
    Event.Retrieved retrieved = client.event(Event.Retrieved.class);
    assertNotNull(retrieved);
    assertEquals(2, retrieved.messages());
    assertTrue(retrieved.octets() >= 200);
    Event.Appended appended = client.event(Event.Appended.class);
    assertNotNull(appended);
    assertEquals(114, appended.octets());
    assertEquals(new Event.Expunged("alice", 1), client.event(Event.Expunged.class));
    EngineHarness stranger = stage.open(service);
    stranger.send("a LOGIN mallory secret\r\n");
    assertNull(stranger.event(Event.LoggedIn.class));
    assertNotNull(stranger.event(Event.LoginRefused.class));
  }

  @Test
  void tooManyBadCommandsEndTheConnection() {
    EngineHarness client = login();
    for (int i = 0; i < 30; i++) {
      client.send("a NONSENSE\r\n");
    }
    assertTrue(client.closed());
    assertTrue(client.readText().contains("* BYE [CLIENTBUG]"));
  }

  @Test
  void idleSurvivesALostHint() {
    EngineHarness client = login();
    client.send("a SELECT INBOX\r\n");
    client.read();
    append(login(), 1, 10);
    assertFalse(client.closed());
    client.send("a NOOP\r\n");
    assertTrue(client.readText().contains("* 1 EXISTS"));
  }
}
