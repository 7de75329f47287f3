package org.posthorn.benchmarks.load;

import java.io.IOException;

/** NOOP one by one, and a hundred in one write. */
final class Noops implements Scenario {
  private static final int PIPELINED = 100;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    try (Imap client = Imap.loggedIn(settings)) {
      client.command("SELECT INBOX");
      report.repeat("NOOP one by one", 1, () -> client.command("NOOP"));
      report.repeat("NOOP pipelined", PIPELINED, () -> client.pipelined("NOOP", PIPELINED));
    }
  }
}
