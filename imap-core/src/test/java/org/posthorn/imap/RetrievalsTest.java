package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Retrievals;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
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

  private final ImapService service = service(store);

  private static ImapService service(MailStore store) {
    return ImapService.builder()
        .store(store)
        .authenticator(
            new MemoryAuthenticator()
                .user("alice", "secret")
                .user("bob", "secret")
                .authorization((user, other) -> true))
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE)
        .build();
  }

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

  @ParameterizedTest
  @EnumSource(
      value = StoreException.Code.class,
      names = {"READ_ONLY", "NO_SPACE", "UNAVAILABLE"})
  void mailCanBeReadWhereNothingCanBeWrittenDown(StoreException.Code refusal) {
    AccountState refusing =
        proxy(
            AccountState.class,
            (proxy, method, arguments) -> {
              throw new StoreException(refusal, "not now");
            });
    MailStore full =
        proxy(
            MailStore.class,
            (proxy, method, arguments) ->
                method.getName().equals("facet") && arguments[0] == AccountState.class
                    ? Optional.of(refusing)
                    : method.invoke(store, arguments));
    EngineHarness imap = stage.open(service(full));
    imap.send("a LOGIN alice secret\r\nb SELECT INBOX\r\n");
    String answers = imap.readText();
    assertTrue(answers.contains("a OK") && answers.contains("b OK"), answers);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
