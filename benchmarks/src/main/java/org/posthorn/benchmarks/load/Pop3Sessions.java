package org.posthorn.benchmarks.load;

import java.io.IOException;

/** A POP3 connection with USER, PASS, STAT and QUIT. */
final class Pop3Sessions implements Scenario {
  @Override
  public void run(Settings settings, Report report) throws IOException {
    report.repeat(
        "POP3 session",
        1,
        () -> {
          try (Pop3 client = new Pop3(settings)) {
            client.command("STAT");
            client.command("QUIT");
          }
        });
  }
}
