package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * What single commands cost in mailboxes of growing size. What one adds the next takes away, so
 * that the size stays.
 */
final class Growth implements Scenario {
  private static final int SMALLEST = 1000;
  private static final int LARGEST = 100_000;
  private static final int STEP = 10;
  private static final int OCTETS = 1024;
  private static final int AT_ONCE = 20;
  private static final int ROUND = 100;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int largest = settings.messages(LARGEST);
    int octets = settings.octets(OCTETS);
    try (Imap client = Imap.loggedIn(settings)) {
      for (int messages = Math.min(SMALLEST, largest); messages <= largest; messages *= STEP) {
        client.command("SELECT INBOX");
        Mailbox.renew(client, "growing");
        Mailbox.grow(client, "growing", messages, octets);
        measure(client, report, messages, octets);
      }
      client.command("SELECT INBOX");
      client.command("DELETE growing");
    }
  }

  private static void measure(Imap client, Report report, int messages, int octets)
      throws IOException {
    Random random = new Random(messages);
    report.repeat("SELECT in " + messages, 1, () -> client.command("SELECT growing"));
    report.repeat(
        "UID FETCH one in " + messages,
        1,
        () -> client.command("UID FETCH " + (random.nextInt(messages) + 1) + " (FLAGS)"));
    report.repeat(
        "STORE one in " + messages,
        1,
        () -> {
          int which = random.nextInt(messages) + 1;
          client.command(
              "STORE " + which + (random.nextBoolean() ? " +" : " -") + "FLAGS (\\Flagged)");
        });
    ByteBuffer message = Mail.message(7, octets);
    // One more, since N+1:* of N messages would be the last.
    client.append("growing", message.duplicate());
    report.rounds(
        "APPEND in " + messages,
        ROUND,
        () -> client.append("growing", message.duplicate()),
        () -> {
          client.command("STORE " + (messages + 1) + ":* +FLAGS.SILENT (\\Deleted)");
          client.command("EXPUNGE");
        });
    Deque<Long> deleted = new ArrayDeque<>();
    report.rounds(
        "EXPUNGE of one in " + messages,
        ROUND,
        () -> client.command("UID EXPUNGE " + deleted.remove()),
        () -> {
          for (int i = 0; i < ROUND; i++) {
            client.append("growing", message.duplicate());
            int which = messages / ROUND * i + 1;
            client.command("STORE " + which + " +FLAGS.SILENT (\\Deleted)");
            client.command("FETCH " + which + " (UID)");
            deleted.add(client.number("UID (\\d+)"));
          }
        });
    client.command("STORE 1:* -FLAGS.SILENT (\\Seen)");
    client.command("STORE 1:" + messages / AT_ONCE * (AT_ONCE - 1) + " +FLAGS.SILENT (\\Seen)");
    report.repeat("SEARCH UNSEEN in " + messages, 1, () -> client.command("SEARCH UNSEEN"));
  }
}
