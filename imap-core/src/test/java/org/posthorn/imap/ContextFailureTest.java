package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.posthorn.imap.search.SearchCall;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** A result that is kept up to date, over a store that fails. */
class ContextFailureTest {
  @Test
  void noUpdatesAreBetterThanWrongOnes() {
    try (MemoryStore store = MemoryStore.withAccounts("alice")) {
      ImapService service =
          ImapService.builder()
              .store(store)
              .authenticator(new MemoryAuthenticator().user("alice", "secret"))
              .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
              .failureDelay(FailureDelay.NONE)
              .build();
      EngineHarness session = new EngineStage().open(service);
      session.send("a LOGIN alice secret\r\na APPEND INBOX {3+}\r\none\r\na SELECT INBOX\r\n");
      session.send("B1 SEARCH RETURN (UPDATE) FLAGGED\r\nB2 SEARCH RETURN (UPDATE) ALL\r\n");
      assertTrue(session.readText().endsWith("B2 OK SEARCH completed\r\n"));
      session.calls(
          CallRule.failOnce(
              call -> call instanceof SearchCall,
              new StoreException(StoreException.Code.UNAVAILABLE, "on purpose")));
      session.send("c STORE 1 +FLAGS.SILENT (\\Flagged)\r\n");
      assertEquals(
          """
          * NO [NOUPDATE "B1"] The result could not be brought up to date\r
          c OK STORE completed\r
          """,
          session.readText());
      session.send("c CANCELUPDATE B2\r\nc CANCELUPDATE B1\r\n");
      assertTrue(session.readText().startsWith("c OK No further updates\r\nc BAD "));
    }
  }
}
