package org.posthorn.benchmarks.load;

import java.io.IOException;

/** STORE of all messages of a mailbox, and SEARCH through them. */
final class StoresAndSearches implements Scenario {
  private static final int MESSAGES = 10_000;
  private static final int OCTETS = 4096;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int messages = settings.messages(MESSAGES);
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.fill(client, "INBOX", messages, settings.octets(OCTETS));
      boolean[] set = {false};
      report.repeat(
          "STORE 1:N silent",
          messages,
          () -> {
            set[0] = !set[0];
            client.command(
                "STORE 1:" + messages + (set[0] ? " +" : " -") + "FLAGS.SILENT (\\Flagged)");
          });
      client.command("STORE 1:* -FLAGS.SILENT (\\Seen)");
      client.command("STORE 1:" + messages / 2 + " +FLAGS.SILENT (\\Seen)");
      search(client, report, messages, "UNSEEN", "UNSEEN");
      search(client, report, messages, "SUBJECT", "SUBJECT \"report 77\"");
      search(client, report, messages, "BODY", "BODY \"no such words\"");
    }
  }

  private static void search(Imap client, Report report, int messages, String what, String criteria)
      throws IOException {
    report.repeat("SEARCH " + what, messages, () -> client.command("SEARCH " + criteria));
  }
}
