package org.posthorn.benchmarks.load;

import java.io.IOException;

/** UID FETCH of all messages of a mailbox, by what is fetched. */
final class Fetches implements Scenario {
  private static final int MESSAGES = 10_000;
  private static final int OCTETS = 4096;
  private static final String[] ITEMS = {
    "FLAGS",
    "ENVELOPE",
    "BODYSTRUCTURE",
    "BODY.PEEK[HEADER.FIELDS (SUBJECT FROM DATE)]",
    "BODY.PEEK[]"
  };

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int messages = settings.messages(MESSAGES);
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.fill(client, "INBOX", messages, settings.octets(OCTETS));
      for (String item : ITEMS) {
        String what = "FETCH " + item.replace(".PEEK", "");
        String command = "UID FETCH 1:* (" + item + ")";
        long octets = client.command(command);
        report.figure(what, "answer", (double) octets / messages, "octets");
        report.repeat(what, messages, () -> client.command(command));
      }
    }
  }
}
