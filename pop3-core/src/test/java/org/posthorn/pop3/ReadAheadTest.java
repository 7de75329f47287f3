package org.posthorn.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** A client that retrieves one message after the other. */
class ReadAheadTest {
  private static final int SMALL = 16 << 10;
  private static final String ALL = "RETR 1\r\nRETR 2\r\nRETR 3\r\nRETR 4\r\nRETR 5\r\n";

  private final EngineStage stage = new EngineStage();
  private final MemoryStore memory = MemoryStore.builder().build();
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void mail() throws Exception {
    memory.createAccount("alice");
    Mail.deliver(
        memory,
        "alice",
        Mail.octets("Subject: 1\r\n\r\none\r\n"),
        Mail.octets("Subject: 2\r\n\r\n.two\r\n"),
        Mail.octets("Subject: 3\r\n\r\n" + "three\r\n".repeat(4_000)),
        Mail.octets("Subject: 4\r\n\r\nno end of line"),
        Mail.octets("Subject: f\u00fcnf\r\n\r\nfive\r\n"));
  }

  /** The memory store as one that has to ask a disk, and gives small messages with their rows. */
  private MailStore slow() {
    return slow(MailStore.class, memory);
  }

  private <T> T slow(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("answersAtOnce")) {
      return false;
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (real instanceof Mailbox mailbox && arguments != null) {
      if (method.getName().equals("content")) {
        calls.add("content " + arguments[0]);
      } else if (result instanceof Page page && ((Set<?>) arguments[2]).contains(Item.OCTETS)) {
        calls.add("list " + (UidSet) arguments[0]);
        return withOctets(mailbox, page);
      }
    }
    return result instanceof Account account
        ? slow(Account.class, account)
        : result instanceof Mailbox mailbox ? slow(Mailbox.class, mailbox) : result;
  }

  private static Page withOctets(Mailbox mailbox, Page page) throws StoreException {
    List<Row> rows = new ArrayList<>();
    for (Row row : page.rows()) {
      rows.add(row.size() > SMALL ? row : withOctets(mailbox, row));
    }
    return new Page(rows, page.next());
  }

  private static Row withOctets(Mailbox mailbox, Row row) throws StoreException {
    try (MessageContent content = mailbox.content(row.uid())) {
      ByteBuffer octets = ByteBuffer.allocate((int) content.size());
      content.read(0, octets);
      return new Row(
          row.uid(),
          row.modSeq(),
          row.flags(),
          row.size(),
          null,
          null,
          null,
          null,
          row.index(),
          Octets.copyOf(octets.flip()));
    }
  }

  private String session(MailStore store, String commands) {
    return session(store, "", commands);
  }

  private String session(MailStore store, String before, String commands) {
    return session(store, Pop3Limits.DEFAULTS, before + "%s" + commands);
  }

  private String session(MailStore store, Pop3Limits limits, String dialogue) {
    Pop3Service service =
        Pop3Service.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .failureDelay(FailureDelay.NONE)
            .limits(limits)
            .build();
    EngineHarness pop3 = stage.open(service);
    pop3.send(dialogue.formatted("USER alice\r\nPASS secret\r\n") + "QUIT\r\n");
    return pop3.readText();
  }

  @Test
  void theAnswersAreTheSameFromFewerCalls() {
    String expected = session(memory, ALL);
    assertEquals(expected, session(slow(), ALL));
    assertEquals(List.of("content 1", "list 2:5", "content 3"), calls);
  }

  @Test
  void whoRetrievesOneMessageGetsNoMore() {
    session(slow(), "RETR 4\r\nRETR 2\r\n");
    assertEquals(List.of("content 4", "content 2"), calls);
  }

  @Test
  void messagesMarkedAsDeletedAreNotReadAhead() throws Exception {
    Mail.deliver(memory, "alice", Mail.octets("Subject: 6\r\n\r\nsix\r\n"));
    String answers = session(slow(), "DELE 5\r\nRETR 3\r\nRETR 4\r\nRETR 5\r\nRETR 6\r\n");
    assertEquals(List.of("content 3", "list 4,6"), calls);
    assertFalse(answers.contains("five"));
  }

  @Test
  void utf8IsAskedForAsEver() {
    String utf8 = "UTF8\r\n";
    assertEquals(session(memory, utf8, ALL), session(slow(), utf8, ALL));
  }

  @Test
  void noMoreIsKeptThanTheLimitAllows() {
    Pop3Limits none = Pop3Limits.DEFAULTS.withReadAheadOctets(0);
    assertEquals(session(memory, ALL), session(slow(), none, "%s" + ALL));
    assertEquals(5, calls.size(), calls::toString);
    calls.clear();
    session(
        slow(), Pop3Limits.DEFAULTS.withReadAheadOctets(1000), "%sRETR 3\r\nRETR 4\r\nRETR 5\r\n");
    assertEquals(List.of("content 3", "list 4:5"), calls);
    calls.clear();
    session(
        slow(), Pop3Limits.DEFAULTS.withReadAheadOctets(40), "%sRETR 3\r\nRETR 4\r\nRETR 5\r\n");
    assertEquals(List.of("content 3", "content 4", "content 5"), calls);
  }
}
