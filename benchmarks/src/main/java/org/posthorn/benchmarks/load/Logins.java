package org.posthorn.benchmarks.load;

import java.io.IOException;

/** A connection with LOGIN, SELECT and LOGOUT. */
final class Logins implements Scenario {
  @Override
  public void run(Settings settings, Report report) throws IOException {
    report.repeat(
        "LOGIN SELECT LOGOUT",
        1,
        () -> {
          try (Imap client = Imap.loggedIn(settings)) {
            client.command("SELECT INBOX");
            client.command("LOGOUT");
          }
        });
  }
}
