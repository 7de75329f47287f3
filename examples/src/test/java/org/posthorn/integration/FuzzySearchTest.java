package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6203 over a store with a real index, which leaves out what is not like the words at all. */
class FuzzySearchTest {
  @TempDir Path folder;

  @Test
  void misspelledWordsAreFoundWithScores() throws Exception {
    try (TestServer server =
            TestServer.start(new Setup(Setup.Driver.JDK, Setup.Store.SQLITE), folder);
        ImapClient bob = server.imap("bob")) {
      append(bob, "Hello there", "the quick brown fox");
      append(bob, "nothing of that", "please help me");
      append(bob, "Re: Helo", "a quikc browm fox");
      append(bob, "Agenda", "conference on Thursday");
      bob.ask("EXAMINE INBOX");
      assertEquals("* SEARCH 1 2 3", found(bob, "UID SEARCH FUZZY TEXT Helo"));
      assertEquals("* SEARCH 1 3", found(bob, "UID SEARCH FUZZY BODY \"quick brown\""));
      assertEquals("* SEARCH 4", found(bob, "UID SEARCH FUZZY BODY konferance"));
      assertEquals("* SEARCH 3 1", found(bob, "UID SORT (RELEVANCY) UTF-8 FUZZY SUBJECT helo"));
      assertTrue(
          found(bob, "UID SEARCH RETURN (RELEVANCY ALL) FUZZY SUBJECT helo")
              .endsWith(" UID ALL 1,3 RELEVANCY (80 100)"));
    }
  }

  private static void append(ImapClient client, String subject, String body) throws Exception {
    String message = "Subject: " + subject + "\r\n\r\n" + body + "\r\n";
    client.append("INBOX", message.getBytes(StandardCharsets.US_ASCII));
  }

  private static String found(ImapClient client, String command) throws Exception {
    for (String line : client.lines(command)) {
      if (List.of("* SEARCH", "* SORT", "* ESEARCH").stream().anyMatch(line::startsWith)) {
        return line.replace("* SORT", "* SEARCH");
      }
    }
    return "";
  }
}
