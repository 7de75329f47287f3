package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.message.Message;

/**
 * A search that asks the store's index, be it SQLite's FTS5 or PostgreSQL's pg_trgm, finds what one
 * finds that looks into every message, which is all that the store in memory can do.
 */
@Tag("long")
class IndexedSearchTest {
  private static final int LARGEST = 12_000;

  /** The soak profile looks into more messages, and for more. */
  private static final int TIMES = Boolean.getBoolean("posthorn.soak") ? 8 : 1;

  private static final int ODD = 30 * TIMES;
  private static final int FROM_EACH_LIST = 2 * TIMES;
  private static final int DRAWN = 20 * TIMES;
  private static final int LONGEST_TEXT = 20_000;

  /** Short ones, what LIKE and FTS5 take for more than itself, case, accents, other scripts. */
  private static final List<String> NEEDLES =
      List.of(
          "a",
          "@",
          "%",
          "_",
          "\"",
          "\\",
          "'",
          "*",
          "e ",
          "%%%",
          "___",
          "a_b",
          "100%",
          "\"\"\"",
          "\\\\\\",
          "'; --",
          "a* OR b",
          "NEAR(a b)",
          "-----",
          "content",
          "CONTENT",
          "CoNtEnT",
          "re:",
          "<br>",
          "http://",
          "ISO-8859",
          "=?utf-8?",
          "\u00e9",
          "\u00e9t\u00e9",
          "\u00c9T\u00c9",
          "e\u0301",
          "\u00fcber",
          "stra\u00dfe",
          "STRASSE",
          "\u00e4\u00f6\u00fc",
          "\u0130",
          "\u0131",
          "\u65e5",
          "\u65e5\u672c",
          "\u65e5\u672c\u8a9e",
          "\u306e",
          "\u043f\u0440\u0438",
          "\u041f\u0420\u0418",
          "\u03c3\u03c2",
          "\ufb01",
          "\ud83d\ude00",
          "\ufffd",
          "\u00a0");

  /** What is looked for in the index alone, every needle with each. */
  private static final List<String> KEYS = List.of("TEXT %s", "BODY %s");

  /** What has no index, or where it may be asked for a part only; these take turns. */
  private static final List<String> PROGRAMS =
      List.of(
          "SUBJECT %s",
          "FROM %s",
          "HEADER Received %s",
          "HEADER Content-Type %s",
          "TEXT %s BODY %s",
          "OR BODY %s TEXT %s",
          "NOT TEXT %s BODY %s",
          "UNSEEN (TEXT %s BODY %s)");

  @TempDir Path folder;

  private final Random random = new Random(5_051);

  @Test
  void realMailIsFoundWithAndWithoutTheIndex() throws Exception {
    List<Mail> mails = mails();
    List<String> searches = searches(needles(mails));
    List<String> expected = answers(Setup.Store.MEMORY, mails, searches);
    assertTrue(
        expected.stream().filter(found -> !found.isEmpty()).count() > searches.size() / 4,
        "hardly anything was found");
    for (Setup.Store indexed : List.of(Setup.Store.SQLITE, Setup.Store.POSTGRES)) {
      List<String> actual = answers(indexed, mails, searches);
      for (int i = 0; i < searches.size(); i++) {
        String search = new String(searches.get(i).getBytes(ISO_8859_1), UTF_8);
        assertEquals(expected.get(i), actual.get(i), indexed + ": " + search);
      }
    }
  }

  /** Everything odd up to a number, and some of each list, none of them large. */
  private static List<Mail> mails() throws IOException {
    Corpus corpus =
        Corpus.find()
            .orElseGet(
                () ->
                    Assumptions.abort(
                        "the mail corpus is not there: set POSTHORN_CORPUS to its folder"));
    List<Mail> all = new ArrayList<>();
    for (Path file : corpus.difficult()) {
      corpus.read(file, mail -> addSmall(mail, all));
    }
    List<Mail> some = thinned(all, ODD);
    for (Path file : corpus.mailboxes()) {
      all.clear();
      corpus.read(file, mail -> addSmall(mail, all));
      some.addAll(thinned(all, FROM_EACH_LIST));
    }
    return some;
  }

  private static void addSmall(Mail mail, List<Mail> mails) {
    if (mail.octets().length <= LARGEST) {
      mails.add(mail);
    }
  }

  private static List<Mail> thinned(List<Mail> mails, int most) {
    List<Mail> some = new ArrayList<>();
    int step = Math.max(1, (mails.size() + most - 1) / most);
    for (int i = 0; i < mails.size(); i += step) {
      some.add(mails.get(i));
    }
    return some;
  }

  private List<String> needles(List<Mail> mails) throws IOException {
    List<String> needles = new ArrayList<>(NEEDLES);
    while (needles.size() < NEEDLES.size() + DRAWN) {
      String drawn = drawn(text(mails.get(random.nextInt(mails.size()))));
      if (!drawn.isEmpty()) {
        needles.add(drawn);
      }
    }
    return needles;
  }

  private static String text(Mail mail) throws IOException {
    Message message = Message.of(mail.octets());
    return message.subject() + "\n" + message.text(LONGEST_TEXT);
  }

  /** One to twenty characters of a text, no half ones, and now and then in another case. */
  private String drawn(String text) {
    int[] characters =
        text.codePoints().filter(c -> c != 0 && (c < 0xd800 || c > 0xdfff)).toArray();
    int start = random.nextInt(characters.length + 1);
    int count = Math.min(1 + random.nextInt(20), characters.length - start);
    String piece = new String(characters, start, count);
    return switch (random.nextInt(4)) {
      case 0 -> piece.toUpperCase(Locale.ROOT);
      case 1 -> piece.toLowerCase(Locale.ROOT);
      default -> piece;
    };
  }

  /** As they are sent: literals of UTF-8, a character an octet. */
  private List<String> searches(List<String> needles) {
    List<String> searches = new ArrayList<>();
    for (String needle : needles) {
      String first = literal(needle);
      String second = literal(needles.get(random.nextInt(needles.size())));
      for (String key : KEYS) {
        searches.add(key.formatted(first));
      }
      searches.add(PROGRAMS.get(searches.size() % PROGRAMS.size()).formatted(first, second));
    }
    return searches;
  }

  private static String literal(String needle) {
    byte[] octets = needle.getBytes(UTF_8);
    return "{" + octets.length + "+}\r\n" + new String(octets, ISO_8859_1);
  }

  private List<String> answers(Setup.Store store, List<Mail> mails, List<String> searches)
      throws Exception {
    Path own = Files.createDirectory(folder.resolve(store.name()));
    try (TestServer server = TestServer.start(new Setup(Setup.Driver.JDK, store), own);
        ImapClient bob = server.imap("bob")) {
      for (Mail mail : mails) {
        bob.append("INBOX", mail.octets());
      }
      bob.ask("EXAMINE INBOX");
      List<String> answers = new ArrayList<>();
      for (String search : searches) {
        answers.add(found(bob.lines("UID SEARCH CHARSET UTF-8 " + search)));
      }
      return answers;
    }
  }

  private static String found(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith("* SEARCH")) {
        return line.substring("* SEARCH".length());
      }
    }
    throw new AssertionError("no answer to a search: " + lines);
  }
}
