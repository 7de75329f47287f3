package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/**
 * Random histories of several sessions on one mailbox: what each client can know from its responses
 * alone is the truth whenever it has synced.
 */
class HistoryProperties {
  private static final int STEPS = 60;

  /** What a client enables before it selects. */
  private static final List<String> DIALECTS =
      List.of("", "", "CONDSTORE", "QRESYNC", "IMAP4rev2", "IMAP4rev2 QRESYNC");

  private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
  private static final Pattern TRUTH =
      Pattern.compile("\\* \\d+ FETCH \\(UID \\d+ FLAGS \\(([^)]*)\\).*\\)");

  @Property(tries = 300)
  void everyClientEndsWithTheTruth(@ForAll Random random) {
    history(random);
  }

  /** The same, very often: {@code mvn -Psoak verify}. */
  @Tag("soak")
  @Property(tries = 10_000)
  void everyClientEndsWithTheTruthVeryOften(@ForAll Random random) {
    history(random);
  }

  private static void history(Random random) {
    try (MemoryStore store = MemoryStore.withAccounts("alice")) {
      ImapService service =
          ImapService.builder()
              .store(store)
              .authenticator(new MemoryAuthenticator().user("alice", "secret"))
              .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
              .failureDelay(FailureDelay.NONE)
              .limits(ImapLimits.DEFAULTS.withPages(1 + random.nextInt(20), 1 << 20))
              .build();
      EngineStage stage = new EngineStage();
      List<Client> clients = new ArrayList<>();
      int sessions = 2 + random.nextInt(4);
      for (int i = 0; i < sessions; i++) {
        clients.add(new Client(stage.open(service), DIALECTS.get(random.nextInt(DIALECTS.size()))));
      }
      List<String> history = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        int session = random.nextInt(sessions);
        String command = command(random);
        history.add(session + ": " + command.replace("\r\n", " "));
        clients.get(session).does(command, history);
      }
      for (Client client : clients) {
        client.does("NOOP", history);
        client.check(history);
      }
    }
  }

  private static String command(Random random) {
    String set = set(random);
    String flags = List.of("\\Seen", "\\Flagged", "\\Deleted", "$k").get(random.nextInt(4));
    String sign = List.of("+", "-", "").get(random.nextInt(3));
    String silent = random.nextInt(4) == 0 ? ".SILENT" : "";
    long modSeq = 1L + random.nextInt(60);
    return switch (random.nextInt(17)) {
      case 0, 1, 2 -> "APPEND INBOX {3+}\r\nabc";
      case 3, 4 -> "STORE " + set + " " + sign + "FLAGS" + silent + " (" + flags + ")";
      case 5 -> "UID STORE " + set + " " + sign + "FLAGS" + silent + " (" + flags + ")";
      case 6 -> "EXPUNGE";
      case 7 -> "UID EXPUNGE " + set;
      case 8 -> "FETCH " + set + " (FLAGS BODY[])";
      case 9 -> "UID FETCH " + set + " FLAGS";
      case 10 -> "SEARCH ALL";
      case 11 -> "MOVE " + set + " Other";
      case 12 -> "COPY " + set + " INBOX";
      case 13 ->
          "UID STORE "
              + set
              + " (UNCHANGEDSINCE "
              + modSeq
              + ") +FLAGS"
              + silent
              + " ("
              + flags
              + ")";
      case 14 -> "FETCH " + set + " (FLAGS) (CHANGEDSINCE " + modSeq + ")";
      case 15 -> "UID SEARCH MODSEQ " + modSeq;
      default -> "NOOP";
    };
  }

  private static String set(Random random) {
    int first = 1 + random.nextInt(8);
    return switch (random.nextInt(4)) {
      case 0 -> first + ":" + (1 + random.nextInt(8));
      case 1 -> first + ":*";
      case 2 -> "*";
      default -> Integer.toString(first);
    };
  }

  /** One session and what its client knows. */
  private static final class Client {
    private final EngineHarness harness;
    private final ViewReplay view = new ViewReplay();
    private final String dialect;

    Client(EngineHarness harness, String dialect) {
      this.harness = harness;
      this.dialect = dialect;
      harness.send("a LOGIN alice secret\r\na CREATE Other\r\n");
      if (!dialect.isEmpty()) {
        harness.send("a ENABLE " + dialect + "\r\n");
      }
      harness.read();
      harness.send("a SELECT INBOX\r\n");
      Matcher exists = EXISTS.matcher(harness.readText());
      assertTrue(exists.find());
      view.selected(Integer.parseInt(exists.group(1)));
      learnUids();
    }

    /** A client that hears VANISHED has to know which UID has which number. */
    private void learnUids() {
      if (dialect.contains("QRESYNC")) {
        harness.send("a UID FETCH 1:* UID\r\n");
        view.hear(harness.readText(), true);
      }
    }

    void does(String command, List<String> history) {
      harness.send("a " + command + "\r\n");
      String answer = harness.readText();
      assertTrue(
          answer.matches("(?s).*a (OK|BAD No such message|NO .(EXPUNGEISSUED|MODIFIED)).*"),
          answer);
      boolean expunge = !command.matches("(?s)(FETCH|STORE|SEARCH).*");
      if (command.contains(".SILENT")) {
        view.forget();
      }
      try {
        view.hear(answer, expunge);
        if (view.lacksUids()) {
          learnUids();
        }
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + String.join("\n", history), e);
      }
    }

    void check(List<String> history) {
      harness.send("a UID FETCH 1:* FLAGS\r\n");
      List<String> truth = new ArrayList<>();
      harness
          .readText()
          .lines()
          .map(TRUTH::matcher)
          .filter(Matcher::matches)
          .forEach(row -> truth.add(row.group(1).replaceAll(" ?\\\\Recent", "")));
      assertTrue(
          view.agrees(truth),
          () -> "believes " + view + "\nbut it is " + truth + "\n" + String.join("\n", history));
    }
  }
}
