package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Retrievals;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.AccountState;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** The store hears when an owner looks at mail. */
class RetrievalsTest {
  private final EngineStage stage = new EngineStage();
  private final MemoryStore store =
      MemoryStore.builder()
          .clock(Clock.fixed(stage.clock().now().minus(Duration.ofDays(1)), ZoneOffset.UTC))
          .build();

  private final ImapService service =
      ImapService.builder()
          .store(store)
          .authenticator(
              new MemoryAuthenticator()
                  .user("alice", "secret")
                  .user("bob", "secret")
                  .authorization((user, other) -> true))
          .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
          .failureDelay(FailureDelay.NONE)
          .build();

  @BeforeEach
  void accounts() throws Exception {
    store.createAccount("alice");
    store.createAccount("bob");
  }

  private Instant last(String account) throws Exception {
    return store.facet(AccountState.class).orElseThrow().life(account).lastRetrieval();
  }

  @Test
  void loginsAndCommandsOfLongSessions() throws Exception {
    Instant before = last("alice");
    EngineHarness imap = stage.open(service);
    imap.send("a LOGIN alice wrong\r\n");
    assertEquals(before, last("alice"));
    imap.send("b LOGIN alice secret\r\nb SELECT INBOX\r\n");
    Instant login = last("alice");
    assertTrue(login.isAfter(before));
    stage.advance(Duration.ofMinutes(5));
    imap.send("c SELECT INBOX\r\n");
    assertEquals(login, last("alice"));
    stage.advance(Retrievals.INTERVAL);
    imap.send("d SELECT INBOX\r\n");
    assertTrue(last("alice").isAfter(login));
  }

  /** Who acts as another does not make that other's mail read. */
  @Test
  void othersDoNotCount() throws Exception {
    Instant before = last("alice");
    EngineHarness imap = stage.open(service);
    imap.send("a AUTHENTICATE PLAIN YWxpY2UAYm9iAHNlY3JldA==\r\nb SELECT INBOX\r\n");
    assertTrue(imap.readText().contains("b OK"));
    assertEquals(before, last("alice"));
  }
}
