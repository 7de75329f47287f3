package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search that asks the store's index finds what one finds that looks into every message: the
 * index is asked for a text that all results must have, and not for one of two.
 */
class IndexedSearchTest {
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{3,12}");
  private static final int MESSAGES = 150;
  private static final int NEEDLES = 25;

  @TempDir Path folder;

  @Test
  void realMailIsFoundWithAndWithoutTheIndex() throws Exception {
    Corpus corpus =
        Corpus.find()
            .orElseGet(
                () ->
                    Assumptions.abort(
                        "the mail corpus is not there: set POSTHORN_CORPUS to its folder"));
    List<Mail> mails = new ArrayList<>();
    for (Path file : corpus.difficult()) {
      corpus.read(file, mails::add);
    }
    List<Mail> some = mails.subList(0, Math.min(MESSAGES, mails.size()));
    try (TestServer server =
            TestServer.start(new Setup(Setup.Driver.JDK, Setup.Store.SQLITE), folder);
        ImapClient bob = server.imap("bob")) {
      for (Mail mail : some) {
        bob.append("INBOX", mail.octets());
      }
      bob.ask("EXAMINE INBOX");
      int found = 0;
      for (String needle : needles(some)) {
        for (String key : List.of("BODY", "TEXT")) {
          String plain = search(bob, "OR " + key + " " + needle + " " + key + " " + needle);
          assertEquals(plain, search(bob, key + " " + needle), key + " " + needle);
          found += plain.length();
        }
      }
      assertTrue(found > NEEDLES, "hardly anything was found");
    }
  }

  private static String search(ImapClient client, String criteria) throws IOException {
    for (String line : client.lines("UID SEARCH " + criteria)) {
      if (line.startsWith("* SEARCH")) {
        return line.substring("* SEARCH".length());
      }
    }
    return "";
  }

  /** Words of the messages as they are written, some of them encoded and so found nowhere. */
  private static Set<String> needles(List<Mail> mails) {
    Random random = new Random(5_051);
    Set<String> needles = new LinkedHashSet<>();
    while (needles.size() < NEEDLES) {
      byte[] octets = mails.get(random.nextInt(mails.size())).octets();
      String text = new String(octets, StandardCharsets.ISO_8859_1);
      Matcher matcher = WORD.matcher(text);
      if (!text.isEmpty() && matcher.find(random.nextInt(text.length()))) {
        needles.add(matcher.group());
      }
    }
    return needles;
  }
}
