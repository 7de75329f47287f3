package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Commands with answers of all sizes on an otherwise idle server, the median time of each: a stall
 * (such as of Nagle's algorithm against a delayed acknowledgement) shows as 40 ms.
 */
final class Stalls implements Scenario {
  private static final int MESSAGES = 200;
  private static final int TIMES = 60;
  private static final int UNTOLD = 40;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    try (Imap client = Imap.loggedIn(settings)) {
      Mailbox.renew(client, "stall");
      Mailbox.fill(client, "stall", MESSAGES, 4096);
      ByteBuffer large = Mail.message(MESSAGES, 100_000);
      client.append("stall", large.duplicate());
      client.command("SELECT stall");
      double worst = 0;
      for (Map.Entry<String, Report.Step> command : commands(client).entrySet()) {
        double median = median(command.getValue());
        worst = Math.max(worst, median);
        report.figure(command.getKey(), "median", median, "µs");
      }
      report.figure("slowest command", "median", worst, "µs");
      client.command("SELECT INBOX");
      client.command("DELETE stall");
    }
  }

  private static Map<String, Report.Step> commands(Imap client) {
    Map<String, Report.Step> commands = new LinkedHashMap<>();
    String[] plain = {
      "NOOP",
      "CAPABILITY",
      "LIST \"\" *",
      "STATUS stall (MESSAGES UIDNEXT)",
      "SELECT stall",
      "FETCH 1 (FLAGS)",
      "FETCH 1:20 (FLAGS ENVELOPE)",
      "FETCH 1:200 (FLAGS)",
      "FETCH 1:200 (ENVELOPE BODYSTRUCTURE)",
      "FETCH 1 (BODY.PEEK[])",
      "FETCH 1:3 (BODY.PEEK[])",
      "FETCH 201 (BODY.PEEK[])",
      "STORE 1 +FLAGS (\\Flagged)",
      "STORE 1:200 -FLAGS (\\Flagged)",
      "SEARCH ALL",
      "SEARCH UNSEEN SUBJECT quarter"
    };
    for (String command : plain) {
      commands.put(command, () -> client.command(command));
    }
    commands.put("10 NOOP pipelined", () -> client.pipelined("NOOP", 10));
    commands.put("10 FETCH pipelined", () -> client.pipelined("FETCH 1 (BODY.PEEK[])", 10));
    ByteBuffer message = Mail.message(1, 4096);
    commands.put("APPEND 4 kB", () -> client.append("stall", message.duplicate()));
    return commands;
  }

  private static double median(Report.Step step) throws IOException {
    for (int i = 0; i < UNTOLD; i++) {
      step.run();
    }
    Histogram times = new Histogram();
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      step.run();
      times.add(System.nanoTime() - start);
    }
    return times.micros(0.5);
  }
}
