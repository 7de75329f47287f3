package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** NOOP asks a store that may forget a hint, and no other. */
class LookForChangesTest {
  private static final String MESSAGE = "APPEND INBOX {6+}\r\nA: b\r\n\r\n";

  private final EngineStage stage = new EngineStage();
  private final MemoryStore store = MemoryStore.builder().build();
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void account() throws Exception {
    store.createAccount("alice");
  }

  private EngineHarness selected(MailStore served) {
    EngineHarness imap = open(served);
    imap.send("s SELECT INBOX\r\n");
    imap.readText();
    looks.set(0);
    return imap;
  }

  private EngineHarness open(MailStore served) {
    ImapService service =
        ImapService.builder()
            .store(served)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .failureDelay(FailureDelay.NONE)
            .build();
    EngineHarness imap = stage.open(service);
    imap.calls(this::counted);
    imap.send("l LOGIN alice secret\r\n");
    return imap;
  }

  private CallRule.Decision counted(StoreCall<?> call) {
    if (call instanceof Sync.SyncCall) {
      looks.incrementAndGet();
    }
    return new CallRule.Run();
  }

  private static String answer(EngineHarness imap, String command) {
    imap.readText();
    imap.send(command + "\r\n");
    return imap.readText();
  }

  @Test
  void aStoreThatHintsAtAllIsNotAsked() {
    EngineHarness imap = selected(store);
    assertEquals("n OK NOOP completed\r\n", answer(imap, "n NOOP"));
    assertEquals("c OK CHECK completed\r\n", answer(imap, "c CHECK"));
    assertEquals(0, looks.get());
  }

  @Test
  void whatWasHintedAtIsTold() {
    EngineHarness imap = selected(store);
    EngineHarness other = open(store);
    other.send("a " + MESSAGE);
    assertTrue(answer(imap, "n NOOP").startsWith("* 1 EXISTS\r\n"));
    assertEquals(1, looks.get());
    assertEquals("m OK NOOP completed\r\n", answer(imap, "m NOOP"));
    assertEquals(1, looks.get());
  }

  @Test
  void aStoreThatOthersChangeIsAsked() {
    EngineHarness imap = selected(new PromisingStore(store, Set.of()));
    answer(imap, "n NOOP");
    answer(imap, "m NOOP");
    assertEquals(2, looks.get());
  }

  /** The hint finds no mailbox selected; the call that opens it may have looked before. */
  @Test
  void aHintWhileAMailboxIsBeingOpenedIsNotForgotten() {
    EngineHarness imap = open(store);
    EngineHarness other = open(store);
    imap.send(
        "t NOTIFY SET (selected-delayed (MessageNew MessageExpunge))"
            + " (mailboxes INBOX (MessageNew MessageExpunge))\r\n");
    looks.set(0);
    imap.calls(CallRule.HOLD);
    imap.send("s SELECT INBOX\r\n");
    other.send("a " + MESSAGE);
    imap.calls(this::counted);
    imap.runHeldCall();
    assertTrue(imap.readText().contains("s OK"));
    answer(imap, "n NOOP");
    assertEquals(1, looks.get());
  }

  /** A look that fails while the client idles is made up for. */
  @Test
  void whatCouldNotBeToldInIdleIsToldLater() {
    EngineHarness imap = selected(store);
    EngineHarness other = open(store);
    imap.send("i IDLE\r\n");
    imap.calls(
        CallRule.failOnce(
            call -> call instanceof Sync.SyncCall,
            new StoreException(Code.UNAVAILABLE, "away for a moment")));
    other.send("a " + MESSAGE);
    assertTrue(answer(imap, "DONE").contains("* 1 EXISTS\r\n"));
  }
}
