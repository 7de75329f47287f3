package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
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
class HistoryPropertyTest {
  private static final int STEPS = 60;

  /** What a client enables before it selects. */
  private static final List<String> DIALECTS =
      List.of("", "", "CONDSTORE", "QRESYNC", "IMAP4rev2", "IMAP4rev2 QRESYNC");

  /** What a client asks for once it has selected, and hears of at any time from then on. */
  private static final String NOTIFY =
      "NOTIFY SET (SELECTED-DELAYED (MessageNew (UID FLAGS) MessageExpunge FlagChange))";

  private static final String UNSEEN = "UID SEARCH RETURN (%sALL) UNSEEN";
  private static final String SORTED = "UID SORT RETURN (%sALL) (REVERSE SUBJECT) UTF-8 UNSEEN";

  private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
  private static final Pattern TRUTH =
      Pattern.compile("\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\(([^)]*)\\).*\\)");

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
              .limits(ImapLimits.builder().pageRows(1 + random.nextInt(20)).build())
              .build();
      EngineStage stage = new EngineStage();
      List<Client> clients = new ArrayList<>();
      int sessions = 2 + random.nextInt(4);
      for (int i = 0; i < sessions; i++) {
        String dialect = DIALECTS.get(random.nextInt(DIALECTS.size()));
        clients.add(new Client(() -> stage.open(service), dialect, random.nextInt(3) == 0));
      }
      List<String> history = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        int session = random.nextInt(sessions);
        String command = command(random);
        Client client = clients.get(session);
        switch (random.nextInt(20)) {
          case 0 -> {
            history.add(session + ": lost in " + command.replace("\r\n", " "));
            client.losesConnection(command, random, history);
          }
          case 1 -> {
            history.add(session + ": IDLE");
            client.idles(history);
          }
          default -> {
            history.add(session + ": " + command.replace("\r\n", " "));
            client.does(command, history);
          }
        }
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
    return switch (random.nextInt(25)) {
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
      case 16 -> "REPLACE " + set.replaceAll("[:,].*", "") + " INBOX {3+}\r\nabc";
      case 17 -> "UID MOVE " + set + " INBOX";
      case 18 -> "SORT (REVERSE ARRIVAL) UTF-8 ALL";
      case 19 -> "UID THREAD REFS UTF-8 UNDELETED";
      case 20 -> "STATUS INBOX (MESSAGES UNSEEN HIGHESTMODSEQ)";
      case 21 -> "UID SEARCH RETURN (SAVE COUNT) SEEN";
      case 22 -> random.nextInt(5) == 0 ? "RENAME INBOX Old" + random.nextInt() : "CHECK";
      case 23 -> "FETCH " + set + " (UID MODSEQ)";
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

  /** A client, its session, and what it knows. */
  private static final class Client {
    private final Supplier<EngineHarness> server;
    private final String dialect;
    private final @Nullable MailboxCache cache;
    private EngineHarness harness;
    private ViewReplay view = new ViewReplay();
    private final boolean listens;
    private ContextReplay unseen = new ContextReplay("u");
    private ContextReplay sorted = new ContextReplay("v");
    private boolean idling;

    /**
     * @param listens whether it asks for NOTIFY and for updates of searches
     */
    Client(Supplier<EngineHarness> server, String dialect, boolean listens) {
      this.server = server;
      this.dialect = dialect;
      this.harness = server.get();
      this.cache = dialect.contains("QRESYNC") ? new MailboxCache() : null;
      this.listens = listens && cache == null;
      connect();
    }

    private void connect() {
      harness.send("a LOGIN alice secret\r\na CREATE Other\r\n");
      if (!dialect.isEmpty()) {
        harness.send("a ENABLE " + dialect + "\r\n");
      }
      harness.read();
      view = new ViewReplay();
      idling = false;
      if (cache == null) {
        select(answer("SELECT INBOX"));
      } else {
        String answer = answer(cache.select());
        // Numbers are those of the new view from the start.
        select(answer);
        view.hear(answer, false);
        learn(cache.fetchNew());
      }
      if (listens) {
        unseen = new ContextReplay("u");
        sorted = new ContextReplay("v");
        harness.send("a " + NOTIFY + "\r\nu " + UNSEEN.formatted("UPDATE ") + "\r\n");
        harness.send("v " + SORTED.formatted("UPDATE ") + "\r\n");
        String told = harness.readText();
        view.hear(told, true);
        hearContexts(told);
      }
    }

    private void hearContexts(String told) {
      unseen.hear(told);
      sorted.hear(told);
    }

    private void select(String answer) {
      Matcher exists = EXISTS.matcher(answer);
      assertTrue(exists.find(), answer);
      view.selected(Integer.parseInt(exists.group(1)));
    }

    private String answer(String command) {
      harness.send("a " + command + "\r\n");
      String answer = harness.readText();
      if (cache != null) {
        cache.sends(command);
        cache.hear(answer);
      }
      return answer;
    }

    /** A client that hears VANISHED has to know which UID has which number. */
    private void learn(String command) {
      view.hear(answer(command), true);
      if (view.lacksUids()) {
        view.hear(answer("UID FETCH 1:* UID"), true);
      }
    }

    /** The connection breaks while the answer to a command is on its way; the client comes back. */
    void losesConnection(String command, Random random, List<String> history) {
      endIdle(history);
      harness.send("a " + command + "\r\n");
      byte[] answer = harness.read();
      if (cache != null) {
        cache.sends(command);
        cache.hear(answer, 0, random.nextInt(answer.length + 1));
        cache.disconnected();
      }
      harness.disconnect();
      harness = server.get();
      checked(history, this::connect);
      check(history);
    }

    void idles(List<String> history) {
      endIdle(history);
      harness.send("a IDLE\r\n");
      idling = true;
    }

    /** What came unasked since the last command: everything but EXPUNGE (SELECTED-DELAYED). */
    private void listens(List<String> history) {
      if (listens && !idling) {
        String told = harness.readText();
        checked(
            history,
            () -> {
              view.hear(told, false);
              hearContexts(told);
            });
      }
    }

    private void endIdle(List<String> history) {
      listens(history);
      if (idling) {
        idling = false;
        harness.send("DONE\r\n");
        String told = harness.readText();
        checked(history, () -> hear("IDLE", told));
      }
    }

    void does(String command, List<String> history) {
      endIdle(history);
      harness.send("a " + command + "\r\n");
      String answer = harness.readText();
      assertTrue(
          answer.matches("(?s).*a (OK|BAD [Nn]o such message|NO .(EXPUNGEISSUED|MODIFIED)).*"),
          () -> command + ": " + answer + String.join("\n", history));
      checked(history, () -> hear(command, answer));
    }

    private void hear(String command, String answer) {
      if (command.contains(".SILENT")) {
        view.forget();
      }
      if (cache != null) {
        cache.sends(command);
        cache.hear(answer);
      }
      view.hear(answer, !command.matches("(?s)(FETCH|STORE|SEARCH|SORT|THREAD).*"));
      hearContexts(answer);
      if (cache != null && view.lacksUids()) {
        learn("UID FETCH 1:* UID");
      }
    }

    private static void checked(List<String> history, Runnable action) {
      try {
        action.run();
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + String.join("\n", history), e);
      }
    }

    void check(List<String> history) {
      SortedMap<Long, Set<String>> truth = new TreeMap<>();
      List<String> all = new ArrayList<>();
      harness.send("a UID FETCH 1:* FLAGS\r\n");
      String answer = harness.readText();
      answer
          .lines()
          .map(TRUTH::matcher)
          .filter(Matcher::matches)
          .forEach(
              row -> {
                truth.put(Long.parseLong(row.group(1)), flags(row.group(2)));
                all.add(row.group(2).replaceAll(" ?\\\\Recent", ""));
              });
      assertTrue(
          view.agrees(all),
          () -> "believes " + view + "\nbut it is " + truth + "\n" + String.join("\n", history));
      if (listens) {
        agrees(unseen, UNSEEN, history);
        agrees(sorted, SORTED, history);
      }
      if (cache != null) {
        assertTrue(
            cache.lacksMessages() || cache.kept().equals(truth),
            () -> "keeps " + cache + "\nbut it is " + truth + "\n" + String.join("\n", history));
      }
    }

    private void agrees(ContextReplay context, String search, List<String> history) {
      harness.send("t " + search.formatted("") + "\r\n");
      List<Long> found = ContextReplay.all(harness.readText());
      assertTrue(
          context.agrees(found),
          () -> "believes " + context + "\nbut it is " + found + "\n" + String.join("\n", history));
    }

    private static Set<String> flags(String text) {
      Set<String> flags = new TreeSet<>(List.of(text.split(" ")));
      flags.removeAll(List.of("", "\\Recent"));
      return flags;
    }
  }
}
