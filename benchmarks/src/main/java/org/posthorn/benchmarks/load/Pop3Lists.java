package org.posthorn.benchmarks.load;

import java.io.IOException;

/** LIST and UIDL of a thousand messages, and RETR of them one by one. */
final class Pop3Lists implements Scenario {
  private static final int MESSAGES = 1000;
  private static final int OCTETS = 4096;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int messages = settings.messages(MESSAGES);
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.fill(client, "INBOX", messages, settings.octets(OCTETS));
      client.command("LOGOUT");
    }
    try (Pop3 client = new Pop3(settings)) {
      report.repeat("POP3 LIST", messages, () -> client.lines("LIST"));
      report.repeat("POP3 UIDL", messages, () -> client.lines("UIDL"));
      int[] next = {0};
      report.repeat("POP3 RETR", 1, () -> client.lines("RETR " + (next[0]++ % messages + 1)));
      client.command("QUIT");
    }
  }
}
