package org.posthorn.benchmarks.load;

import java.io.IOException;

/** COPY, MOVE and EXPUNGE of a thousand messages. */
final class Moves implements Scenario {
  private static final int MESSAGES = 1000;
  private static final int OCTETS = 4096;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int messages = settings.messages(MESSAGES);
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.renew(client, "source");
      Mailbox.fill(client, "source", messages, settings.octets(OCTETS));
      report.repeat(
          "COPY",
          messages,
          () -> client.command("COPY 1:* work"),
          () -> Mailbox.renew(client, "work"));
      report.repeat(
          "MOVE",
          messages,
          () -> client.command("MOVE 1:* target"),
          () -> {
            work(client);
            Mailbox.renew(client, "target");
          });
      report.repeat(
          "EXPUNGE",
          messages,
          () -> client.command("EXPUNGE"),
          () -> {
            work(client);
            client.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
          });
      client.command("SELECT INBOX");
      client.command("DELETE work");
      client.command("DELETE target");
      client.command("DELETE source");
    }
  }

  /** Selects a mailbox with fresh copies. */
  private static void work(Imap client) throws IOException {
    client.command("SELECT source");
    Mailbox.renew(client, "work");
    client.command("COPY 1:* work");
    client.command("SELECT work");
  }
}
