package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryLimits;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/**
 * A client loses its connection after any octet of what the server sends. With the little that it
 * has read it comes back, and QRESYNC makes it equal to the store.
 */
class QresyncCutTest {

  /** What happens: {@code 1} is the client that will be cut off, {@code 2} and {@code 3} others. */
  private static final List<String> STORY =
      List.of(
          "1 NOOP",
          "2 STORE 2 +FLAGS (\\Flagged)",
          "1 NOOP",
          "1 STORE 1:3 +FLAGS (\\Seen)",
          "1 STORE 4,6 +FLAGS.SILENT (\\Deleted)",
          "2 STORE 5 +FLAGS.SILENT (\\Answered)",
          "1 STORE 5 +FLAGS.SILENT (\\Draft)",
          "1 FETCH 7 BODY[]",
          "2 EXPUNGE",
          "1 FETCH 1:* (FLAGS)",
          "1 STORE 8 +FLAGS.SILENT ($k)",
          "3 STORE 1 -FLAGS (\\Seen)",
          "1 SEARCH 1:*",
          "1 STORE 8 (UNCHANGEDSINCE 1) +FLAGS ($l)",
          "1 NOOP",
          "2 APPEND INBOX {3+}\r\nnew",
          "3 APPEND INBOX (\\Seen) {3+}\r\nnew",
          "1 NOOP",
          "1 UID FETCH 11:* (FLAGS)",
          "3 COPY 1:2 INBOX",
          "2 STORE 3 FLAGS (\\Deleted $k)",
          "3 EXPUNGE",
          "1 IDLE",
          "2 STORE 2 +FLAGS (\\Deleted)",
          "2 EXPUNGE",
          "3 STORE 1 +FLAGS (\\Flagged)",
          "3 APPEND INBOX {3+}\r\nnew",
          "1 DONE",
          "1 UID FETCH 13:* (FLAGS)",
          "1 UID STORE 1:5 +FLAGS.SILENT (\\Deleted)",
          "1 UID EXPUNGE 1:3",
          "2 UID MOVE 7 Other",
          "1 UID COPY 1:* INBOX",
          "1 EXPUNGE",
          "2 STORE 1:2 +FLAGS.SILENT (\\Deleted)",
          "2 EXPUNGE",
          "1 STORE 1 +FLAGS.SILENT (\\Answered)",
          "1 FETCH 1:3 (UID MODSEQ)",
          "1 MOVE 1 Other",
          "1 UID FETCH 12:* (FLAGS)",
          "3 STORE 1 FLAGS ()");

  /** One step of the client: what it sends, and all that it could read until the next. */
  private record Exchange(String command, Octets answer) {
    byte[] octets() {
      return answer.toByteArray();
    }
  }

  @ParameterizedTest
  @CsvSource({"500, 100000", "1, 100000", "2, 1", "500, 0"})
  void cutOffAnywhere(int rows, int rangesRemembered) {
    MemoryLimits limits = MemoryLimits.DEFAULTS.withVanishedRanges(rangesRemembered);
    try (MemoryStore store = MemoryStore.builder().limits(limits).build()) {
      store.createAccount("alice");
      ImapService service =
          ImapService.builder()
              .store(store)
              .authenticator(new MemoryAuthenticator().user("alice", "secret"))
              .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
              .failureDelay(FailureDelay.NONE)
              .limits(ImapLimits.builder().pageRows(rows).build())
              .build();
      List<Exchange> exchanges = play(service);
      Set<String> states = new HashSet<>();
      MailboxCache client = new MailboxCache();
      for (Exchange exchange : exchanges) {
        client.sends(exchange.command());
        byte[] octets = exchange.octets();
        for (int cut = 0; cut < octets.length; cut++) {
          MailboxCache left = new MailboxCache(client);
          if (states.add(left.toString())) {
            comesBack(service, left, exchange.command() + " cut at " + cut);
          }
          client.hear(octets, cut, cut + 1);
        }
      }
      comesBack(service, new MailboxCache(client), "after all");
      assertTrue(states.size() > 40, () -> "only " + states.size() + " states");
    }
  }

  private static List<Exchange> play(ImapService service) {
    EngineStage stage = new EngineStage();
    List<EngineHarness> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sessions.add(login(stage.open(service)));
    }
    EngineHarness client = sessions.get(0);
    client.send("a CREATE Other\r\n");
    for (int i = 0; i < 10; i++) {
      client.send("a APPEND INBOX {3+}\r\nold\r\n");
    }
    client.read();
    for (EngineHarness other : sessions.subList(1, 3)) {
      other.send("a SELECT INBOX\r\n");
      other.read();
    }
    List<Exchange> exchanges = new ArrayList<>();
    List<String> opening = List.of("1 SELECT INBOX", "1 UID FETCH 1:* (FLAGS)");
    ByteArrayOutputStream late = new ByteArrayOutputStream();
    for (String line : concat(opening, STORY)) {
      EngineHarness session = sessions.get(line.charAt(0) - '1');
      String command = line.substring(2);
      // What came unasked, in IDLE, belongs to the command before.
      late.writeBytes(client.read());
      if (session == client) {
        extendLast(exchanges, late);
        session.send((command.equals("DONE") ? "" : "a ") + command + "\r\n");
        exchanges.add(new Exchange(command, Octets.of(client.read())));
      } else {
        session.send("a " + command + "\r\n");
        assertTrue(session.readText().contains("a OK"), line);
      }
    }
    return exchanges;
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static void extendLast(List<Exchange> exchanges, ByteArrayOutputStream late) {
    if (late.size() > 0) {
      Exchange last = exchanges.remove(exchanges.size() - 1);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(last.octets());
      all.writeBytes(late.toByteArray());
      exchanges.add(new Exchange(last.command(), Octets.of(all.toByteArray())));
      late.reset();
    }
  }

  private static void comesBack(ImapService service, MailboxCache cache, String about) {
    String before = cache.toString();
    EngineHarness client = login(new EngineStage().open(service));
    String select = cache.select();
    String heard = tell(client, cache, select);
    heard += tell(client, cache, cache.fetchNew());
    MailboxCache truth = new MailboxCache();
    tell(client, truth, "SELECT INBOX");
    tell(client, truth, "UID FETCH 1:* (FLAGS)");
    assertEquals(truth.kept(), cache.kept(), about + ", knew " + before + "\n" + heard);
    client.disconnect();
  }

  private static String tell(EngineHarness client, MailboxCache cache, String command) {
    client.send("a " + command + "\r\n");
    String heard = client.readText();
    cache.sends(command);
    cache.hear(heard);
    return heard;
  }

  private static EngineHarness login(EngineHarness client) {
    client.send("a LOGIN alice secret\r\na ENABLE QRESYNC\r\n");
    assertTrue(client.readText().contains("* ENABLED QRESYNC"));
    return client;
  }
}
