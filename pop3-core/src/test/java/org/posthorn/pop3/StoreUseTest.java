package org.posthorn.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Retrievals;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** What a session asks of its store, call by call. */
class StoreUseTest {
  private static final int MESSAGES = 100_000;
  private static final int GROUP = 500;
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "secret");

  private final EngineStage stage = new EngineStage();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final MemoryStore memory =
      MemoryStore.builder()
          .clock(Clock.fixed(stage.clock().now().minus(Duration.ofDays(1)), ZoneOffset.UTC))
          .build();

  @BeforeEach
  void account() throws Exception {
    memory.createAccount("alice");
  }

  /** The same object, and its calls are noted. */
  private <T> T watched(Class<T> type, T real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          String items =
              method.getName().equals("list") ? " " + new TreeSet<>((Set<?>) arguments[2]) : "";
          calls.add(type.getSimpleName() + "." + method.getName() + items);
          try {
            return wrapped(method.invoke(real, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object wrapped(Object result) {
    if (result instanceof Account account) {
      return watched(Account.class, account);
    }
    if (result instanceof Mailbox mailbox) {
      return watched(Mailbox.class, mailbox);
    }
    if (result instanceof Optional<?> facet && facet.orElse(null) instanceof AccountState state) {
      return Optional.of(watched(AccountState.class, state));
    }
    return result;
  }

  private Pop3Service service() {
    return Pop3Service.builder()
        .store(watched(MailStore.class, memory))
        .authenticator(USERS)
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE)
        .build();
  }

  private String session(Pop3Service service, String commands) {
    EngineHarness pop3 = stage.open(service);
    pop3.send("USER alice\r\nPASS secret\r\n" + commands + "QUIT\r\n");
    return pop3.readText();
  }

  private long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  /** STAT, LIST and UIDL of 100,000 messages: no body, and the second login reads no index. */
  @Test
  void bigMaildrops() throws Exception {
    byte[][] mail = new byte[GROUP][];
    for (int i = 0; i < GROUP; i++) {
      mail[i] = Mail.octets("Subject: " + i + "\r\n\r\nx" + (i == 7 ? "" : "\r\n"));
    }
    for (int i = 0; i < MESSAGES; i += GROUP) {
      Mail.deliver(memory, "alice", mail);
    }
    Pop3Service service = service();
    String first = session(service, "STAT\r\nLIST\r\nUIDL\r\n");
    assertEquals(0, count("Mailbox.content"));
    assertTrue(count("Mailbox.list [SIZE, INDEX]") > 0, calls::toString);
    calls.clear();
    String second = session(service, "STAT\r\nLIST\r\nUIDL\r\n");
    assertEquals(first, second);
    assertEquals(1 + 2 + 1 + 2 * (MESSAGES + 2) + 1, second.lines().count());
    assertEquals(0, count("Mailbox.content"));
    assertEquals(0, count("Mailbox.list [SIZE, INDEX]"));
    assertEquals(MESSAGES / 10_000, count("Mailbox.list [SIZE]"));
    assertEquals(1, count("Mailbox.snapshot"));
    // What came meanwhile is looked at, nothing else.
    Mail.deliver(memory, "alice", Mail.octets("Subject: unfinished\r\n\r\nx"));
    calls.clear();
    assertTrue(session(service, "LIST 100001\r\n").contains("+OK 100001 26\r\n"));
    assertEquals(1, count("Mailbox.list [SIZE, INDEX]"));
  }

  /** The store hears when the owner looks at mail, and not over and over. */
  @Test
  void retrievals() throws Exception {
    Mail.deliver(memory, "alice", Mail.octets("Subject: x\r\n\r\nx\r\n"));
    AccountState state = memory.facet(AccountState.class).orElseThrow();
    Instant created = state.life("alice").lastRetrieval();
    Pop3Service service = service();
    session(service, "");
    session(service, "RETR 1\r\n");
    assertEquals(1, count("AccountState.retrieved"));
    stage.advance(Retrievals.INTERVAL);
    session(service, "RETR 1\r\n");
    assertEquals(2, count("AccountState.retrieved"));
    stage.advance(Duration.ofHours(2));
    EngineHarness pop3 = stage.open(service);
    pop3.send("USER alice\r\nPASS wrong\r\n");
    assertEquals(2, count("AccountState.retrieved"));
    pop3.send("USER alice\r\nPASS secret\r\n");
    assertEquals(3, count("AccountState.retrieved"));
    assertTrue(state.life("alice").lastRetrieval().isAfter(created));
  }
}
