package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Whatever clients do, for as long as {@code --seconds} says, on mailboxes that keep their size;
 * sixty times in that the server's memory, which should be a flat line.
 */
final class Soak implements Scenario {
  private static final int LINES = 60;
  private static final int KEPT = 500;
  private static final int OCTETS = 4096;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    ServerMemory memory = new ServerMemory(settings.pid());
    long start = System.nanoTime();
    long rounds = 0;
    for (int line = 0; line <= LINES; line++) {
      long until = start + (long) (settings.seconds() * 1e9 / LINES * line);
      do {
        session(settings, rounds++);
      } while (System.nanoTime() < until);
      ServerMemory.Usage usage = memory.usage();
      String what = "after " + (System.nanoTime() - start) / 1_000_000_000 + " s";
      report.figure(what, "sessions", (double) rounds, "");
      report.figure(what, "heap", usage.heap() / 1048576.0, "MiB");
      report.figure(what, "resident", usage.resident() / 1048576.0, "MiB");
    }
  }

  /** One session that leaves as many messages as it found, once there are enough. */
  private static void session(Settings settings, long number) throws IOException {
    String user = "soak" + number % 20;
    try (Imap client = Imap.loggedIn(settings, user)) {
      int have = Mailbox.select(client, "INBOX");
      ByteBuffer message = Mail.message((int) (number % 100_000), OCTETS);
      for (int i = 0; i < 20; i++) {
        client.append("INBOX", message.duplicate());
      }
      client.command("FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE)");
      client.command("FETCH 1:5 (BODY.PEEK[])");
      client.command("SEARCH UNSEEN SUBJECT \"report\"");
      if (have + 20 > KEPT) {
        Mailbox.renew(client, "archive");
        client.command("COPY 1:20 archive");
        client.command("STORE 1:20 +FLAGS (\\Deleted)");
        client.command("EXPUNGE");
      }
      client.command("LOGOUT");
    }
  }
}
