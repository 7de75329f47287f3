package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.imap.search.SearchLimits;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/**
 * Commands that are cheap to send and could be dear to answer. What would take long were its cost
 * not bounded runs into the time limit.
 */
@Timeout(60)
class HostileInputTest {
  private final EngineStage stage = new EngineStage();
  private MemoryStore store;

  @BeforeEach
  void open() {
    store = MemoryStore.withAccounts("alice");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ImapService.Builder service() {
    return ImapService.builder()
        .store(store)
        .authenticator(new MemoryAuthenticator().user("alice", "secret"))
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE);
  }

  private EngineHarness login(ImapService service) {
    EngineHarness client = stage.open(service);
    client.send("a LOGIN alice secret\r\n");
    assertTrue(client.readText().contains("a OK"));
    return client;
  }

  /** A session with so many messages in its mailbox. */
  private EngineHarness select(ImapService service, int messages) {
    EngineHarness client = login(service);
    for (int i = 0; i < messages; i++) {
      client.send("a APPEND INBOX {14+}\r\nSubject: x\r\n\r\n\r\n");
    }
    client.send("a SELECT INBOX\r\n");
    assertTrue(client.readText().contains("a OK [READ-WRITE]"));
    return client;
  }

  private static String answer(EngineHarness client, String command) {
    client.send("z " + command + "\r\n");
    return client.readText();
  }

  private static String result(EngineHarness client, String command) {
    String answer = answer(client, command);
    return answer.lines().filter(line -> line.startsWith("z ")).collect(Collectors.joining());
  }

  private static String numbers(int from, int to, int step) {
    return IntStream.iterate(from, i -> step > 0 ? i <= to : i >= to, i -> i + step)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*%*%*%*%*%*",
        "%*%*%*%*%*%",
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
        "%a%a%a%a%a%a%a%a%a%a%a%a%a%b",
      })
  void wildcardsOverManyMailboxes(String pattern) throws StoreException {
    String name = "a".repeat(60);
    try (Account account = store.open(Identity.owner("alice"))) {
      for (int i = 0; i < 9_999; i++) {
        account.create(MailboxName.parse(name + i), Set.of());
      }
    }
    EngineHarness client = login(service().build());
    String answer = answer(client, "LIST \"\" \"" + pattern + "\"");
    long listed = answer.lines().filter(line -> line.startsWith("* LIST")).count();
    assertEquals(pattern.endsWith("b") ? 0 : 10_000, listed);
    assertTrue(answer.contains("z OK"), answer.substring(Math.max(0, answer.length() - 100)));
  }

  @Test
  void aLongPattern() {
    EngineHarness client = login(service().build());
    assertTrue(result(client, "LIST \"\" " + "%*a".repeat(20_000)).startsWith("z OK"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OR ", "NOT ", "(", "OR NOT ", "OR OR OR "})
  void searchesThatNest(String piece) {
    EngineHarness client = select(service().build(), 1);
    String deep = "SEARCH " + piece.repeat(60_000 / piece.length()) + "ALL";
    assertTrue(result(client, deep).startsWith("z NO [LIMIT]"));
    assertTrue(result(client, "SEARCH ALL").startsWith("z OK"));
  }

  @Test
  void searchesThatAreWide() {
    ImapService service =
        service().searchLimits(SearchLimits.DEFAULTS.withProgram(1_000, 10, 50)).build();
    EngineHarness client = select(service, 50);
    String wide = "SEARCH" + " TEXT a".repeat(50) + " NOT SEEN".repeat(450);
    assertTrue(result(client, wide).startsWith("z OK"));
    assertTrue(result(client, "SEARCH" + " BODY a".repeat(51)).startsWith("z NO [LIMIT]"));
    assertTrue(result(client, "SEARCH" + " SEEN".repeat(1_001)).startsWith("z NO [LIMIT]"));
  }

  @Test
  void setsThatReachBeyondTheMailbox() {
    EngineHarness client = select(service().build(), 3);
    assertTrue(answer(client, "FETCH 1:4294967295 UID").contains("* 3 FETCH (UID 3)"));
    assertTrue(result(client, "UID FETCH 1:4294967295 UID").startsWith("z OK"));
    assertTrue(result(client, "UID COPY 4:4294967295 INBOX").startsWith("z OK"));
    assertTrue(result(client, "STORE 4294967295 FLAGS (\\Seen)").startsWith("z BAD"));
    assertTrue(result(client, "FETCH 4294967296 UID").startsWith("z BAD"));
    assertTrue(result(client, "FETCH 99999999999999999999 UID").startsWith("z BAD"));
    assertTrue(result(client, "SEARCH UID 4294967295").startsWith("z OK"));
  }

  @Test
  void setsOfManyItems() {
    EngineHarness client = select(service().build(), 10);
    String upwards = numbers(1, 199_999, 2);
    assertTrue(result(client, "UID FETCH " + upwards + " UID").startsWith("z BAD [TOOBIG]"));
    ImapService roomy = service().limits(ImapLimits.builder().command(4 << 20).build()).build();
    EngineHarness other = select(roomy, 0);
    String answer = answer(other, "UID FETCH " + upwards + " UID");
    assertEquals(5, answer.lines().filter(line -> line.startsWith("* ")).count());
    String downwards = numbers(200_000, 2, -2);
    answer = answer(other, "UID FETCH " + downwards + " UID");
    assertEquals(5, answer.lines().filter(line -> line.startsWith("* ")).count());
    String same = "1:*,".repeat(100_000) + "1";
    answer = answer(other, "UID FETCH " + same + " UID");
    assertEquals(10, answer.lines().filter(line -> line.startsWith("* ")).count());
    assertTrue(answer(other, "SEARCH UID " + upwards).contains("* SEARCH 1 3 5 7 9"));
    assertTrue(result(other, "SEARCH" + " UID 1:*".repeat(1_900)).startsWith("z OK"));
  }

  @Test
  void manyItems() {
    EngineHarness client = select(service().build(), 2);
    String answer = answer(client, "FETCH 1:* (UID" + " FLAGS UID".repeat(5_000) + ")");
    assertTrue(answer.contains("* 2 FETCH (UID 2 FLAGS (\\Recent))"), answer);
    String partials =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "BODY.PEEK[]<" + i + ".1>")
            .collect(Collectors.joining(" "));
    assertTrue(result(client, "FETCH 1:* (" + partials + ")").startsWith("z OK"));
  }

  @Test
  void manyKeywords() {
    EngineHarness client = select(service().build(), 2);
    String keywords = keywords(1_001);
    assertTrue(result(client, "STORE 1:2 +FLAGS (" + keywords + ")").startsWith("z NO [LIMIT]"));
    assertTrue(
        result(client, "APPEND INBOX (" + keywords + ") {2+}\r\nxy").startsWith("z NO [LIMIT]"));
    assertTrue(answer(client, "FETCH 1 FLAGS").contains("FLAGS (\\Recent)"));
    String answer = answer(client, "STORE 1:2 +FLAGS (" + keywords(1_000) + ")");
    assertTrue(answer.contains("* 2 FETCH (FLAGS (keyword0 keyword1 "), answer);
    assertTrue(result(client, "STORE 1 +FLAGS (another)").startsWith("z NO [LIMIT]"));
    answer = answer(client, "SEARCH KEYWORD keyword999 NOT KEYWORD another");
    assertTrue(answer.contains("* SEARCH 1 2"), answer);
    String searched =
        IntStream.range(0, 1_000)
            .mapToObj(i -> " NOT UNKEYWORD keyword" + i)
            .collect(Collectors.joining());
    assertTrue(answer(client, "SEARCH" + searched).contains("* SEARCH 1 2"));
  }

  private static String keywords(int count) {
    return IntStream.range(0, count).mapToObj(i -> "keyword" + i).collect(Collectors.joining(" "));
  }

  @Test
  void sortAndThreadKnowTheirLimits() {
    ImapService service =
        service().searchLimits(SearchLimits.DEFAULTS.withResults(1_000, 1_000_000)).build();
    EngineHarness client = select(service, 100);
    assertTrue(result(client, "SORT (SUBJECT) UTF-8 ALL").startsWith("z NO [LIMIT]"));
    assertTrue(result(client, "THREAD REFS UTF-8 ALL").startsWith("z NO [LIMIT]"));
    assertTrue(result(client, "SORT (SUBJECT) UTF-8 1:9").startsWith("z OK"));
    ImapService lazy =
        service().searchLimits(SearchLimits.DEFAULTS.withResults(1 << 20, 50)).build();
    EngineHarness other = select(lazy, 0);
    assertTrue(result(other, "THREAD REFS UTF-8 ALL").startsWith("z NO [LIMIT]"));
    assertTrue(result(other, "THREAD REFS UTF-8 1:5").startsWith("z OK"));
  }

  @Test
  void manyMailboxesInOneSearch() {
    ImapService service = service().searchLimits(SearchLimits.DEFAULTS.withMailboxes(10)).build();
    EngineHarness client = login(service);
    for (int i = 0; i < 9; i++) {
      client.send("a CREATE box" + i + "\r\n");
    }
    assertTrue(result(client, "ESEARCH IN (personal) ALL").startsWith("z OK"));
    client.send("a CREATE box9\r\n");
    assertTrue(result(client, "ESEARCH IN (personal) ALL").startsWith("z NO [LIMIT]"));
  }

  @Test
  void sortCriteriaThatRepeat() {
    EngineHarness client = select(service().build(), 3);
    String criteria = "(SUBJECT" + " REVERSE SIZE SUBJECT".repeat(2_500) + ")";
    assertTrue(answer(client, "SORT " + criteria + " UTF-8 ALL").contains("* SORT 1 2 3"));
  }

  @Test
  void referencesThatTangle() {
    ImapService service =
        service().searchLimits(SearchLimits.DEFAULTS.withResults(64 << 20, 100_000)).build();
    EngineHarness client = login(service);
    for (int message = 0; message < 5; message++) {
      StringBuilder text = new StringBuilder("Message-ID: <m@x>\r\nReferences:");
      for (int i = 0; i < 5_000; i++) {
        text.append(" <").append((i * 7919 + message * 31) % 5_000).append("@x>\r\n");
      }
      text.append("\r\n");
      client.send("a APPEND INBOX {" + text.length() + "+}\r\n" + text + "\r\n");
    }
    client.send("a SELECT INBOX\r\n");
    assertTrue(client.readText().contains("5 EXISTS"));
    String result = result(client, "THREAD REFERENCES UTF-8 ALL");
    assertTrue(result.startsWith("z NO [LIMIT]") || result.startsWith("z OK"), result);
  }
}
