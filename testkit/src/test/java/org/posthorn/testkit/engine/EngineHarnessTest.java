package org.posthorn.testkit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Event;
import org.posthorn.store.StoreException;

class EngineHarnessTest {
  private final EngineStage stage = new EngineStage();
  private final ToyEngine.Board board = new ToyEngine.Board();
  private final EngineHarness toy = stage.open(board);

  @Test
  void pipelinedLinesAreAnsweredInOrder() {
    toy.send("a\r\ncall b\r\nc\r\n");
    assertEquals("hello\r\necho a\r\ncalled b\r\necho c\r\n", toy.readText());
  }

  @Test
  void heldCallStopsTheEngineUntilItIsRun() {
    toy.calls(CallRule.HOLD);
    toy.send("call a\r\nb\r\n");
    assertEquals("hello\r\n", toy.readText());
    assertNotNull(toy.heldCall());
    assertEquals(Demand.COMPLETION, toy.demand());
    toy.runHeldCall();
    assertEquals("called a\r\necho b\r\n", toy.readText());
    assertNull(toy.heldCall());
  }

  @Test
  void callsFailOnDemand() {
    toy.calls(CallRule.failOnce(new StoreException(StoreException.Code.IN_USE, "x")));
    toy.send("call a\r\ncall b\r\n");
    assertEquals("hello\r\nfailed IN_USE\r\ncalled b\r\n", toy.readText());
  }

  @Test
  void heldCallFinishesBeforeTheConnectionIsLost() {
    toy.calls(CallRule.HOLD);
    toy.send("call a\r\n");
    toy.disconnect();
    assertTrue(toy.heldCallCancelled());
    assertNull(toy.event(Event.Closed.class));
    toy.runHeldCall();
    assertNotNull(toy.event(Event.Closed.class));
  }

  @Test
  void aSlowPeerGetsItsOutputByWindows() {
    EngineHarness slow = stage.openSlow(board, 10);
    slow.send("big 26\r\n");
    assertEquals(
        "hello\r\nabc", new String(slow.readWindow(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("defghijklmnopqrstuvwxyz\r\n", slow.readText());
  }

  @Test
  void aTornTransferIsTold() {
    toy.send("big 30000\r\n");
    assertTrue(toy.closed());
    assertEquals("torn", toy.closeReason());
  }

  @Test
  void hintsReachAllSessions() {
    EngineHarness other = stage.open(board);
    toy.send("hint\r\n");
    assertEquals("hello\r\nhinted\r\nhint board\r\n", toy.readText());
    assertEquals("hello\r\nhint board\r\n", other.readText());
  }

  @Test
  void whatFollowsARequestForTlsIsNeverRead() {
    toy.send("stls\r\ninjected\r\n");
    toy.send("injected too\r\n");
    assertEquals(Demand.TLS, toy.demand());
    toy.establishTls();
    toy.send("a\r\n");
    assertEquals("hello\r\ngo\r\necho a\r\n", toy.readText());
  }

  @Test
  void timePassesOnDemandOnly() {
    stage.advance(Duration.ofSeconds(59));
    assertFalse(toy.closed());
    stage.advance(Duration.ofSeconds(1));
    assertEquals("hello\r\ntoo late\r\n", toy.readText());
    assertTrue(toy.closed());
  }

  @Test
  void endOfInputComesAfterTheInput() {
    toy.calls(CallRule.HOLD);
    toy.send("call a\r\nb\r\n");
    toy.endInput();
    toy.runHeldCall();
    assertEquals("hello\r\ncalled a\r\necho b\r\neof\r\n", toy.readText());
  }

  @Test
  void breachesOfTheContractAreTold() {
    assertThrows(IllegalStateException.class, () -> toy.send("two\r\n"));
    EngineHarness other = new EngineStage().open(board);
    assertThrows(IllegalStateException.class, () -> other.send("spin\r\n"));
  }

  @Test
  void everyCutGivesTheSameOctets() {
    for (Feed feed : Feed.all(1)) {
      EngineHarness one = new EngineStage().open(new ToyEngine.Board());
      one.send("some\r\nlines\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), feed);
      assertEquals("hello\r\necho some\r\necho lines\r\n", one.readText(), feed.toString());
    }
  }
}
