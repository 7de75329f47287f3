package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** APPEND of one message after the other to a mailbox that is emptied now and then. */
final class Appends implements Scenario {
  private static final int OCTETS = 10_240;
  private static final int AT_ONCE = 100;
  private static final int KEPT = 2000;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int octets = settings.octets(OCTETS);
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.renew(client, "appended");
      ByteBuffer message = Mail.message(1, octets);
      int[] appended = {0};
      report.repeat(
          "APPEND",
          AT_ONCE,
          () -> {
            for (int i = 0; i < AT_ONCE; i++) {
              client.append("appended", message.duplicate());
            }
          },
          () -> {
            appended[0] += AT_ONCE;
            if (appended[0] % KEPT == 0) {
              Mailbox.renew(client, "appended");
            }
          });
      client.command("DELETE appended");
    }
  }
}
