package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Sessions in IDLE, a thousand on each inbox of ten thousand messages; then a message is appended
 * to one inbox after the other, and every session there hears of it. Tells memory for a session,
 * CPU for a notice, and how long after the APPEND was sent the notices came.
 */
final class IdleNotices implements Scenario {
  private static final int SESSIONS = 1000;
  private static final int MESSAGES = 10_000;
  private static final int SESSIONS_PER_INBOX = 1000;
  private static final int OCTETS = 1024;

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int sessions = settings.connections(SESSIONS);
    int inboxes = (sessions + SESSIONS_PER_INBOX - 1) / SESSIONS_PER_INBOX;
    Imap[] writers = new Imap[inboxes];
    ServerMemory memory = new ServerMemory(settings.pid());
    try (IdleSessions idle = new IdleSessions(settings)) {
      for (int i = 0; i < inboxes; i++) {
        writers[i] = Imap.loggedIn(settings, user(i));
        Mailbox.grow(writers[i], "INBOX", settings.messages(MESSAGES), OCTETS);
        idle.open(user(i), 1);
      }
      ServerMemory.Usage before = memory.usage();
      long start = System.nanoTime();
      for (int i = 0; i < inboxes; i++) {
        idle.open(user(i), Math.min(SESSIONS_PER_INBOX, sessions - i * SESSIONS_PER_INBOX));
      }
      String what = "IDLE " + sessions;
      report.figure(what, "opened", (System.nanoTime() - start) / 1e9, "s");
      memory(report, what, before, memory.usage(), sessions);
      notices(settings, report, what, writers, idle);
    } finally {
      for (Imap writer : writers) {
        if (writer != null) {
          writer.close();
        }
      }
    }
  }

  private static String user(int number) {
    return "idle" + number;
  }

  private static void memory(
      Report report,
      String what,
      ServerMemory.Usage before,
      ServerMemory.Usage after,
      int sessions) {
    if (after.heap() >= 0) {
      report.figure(what, "heap", (double) (after.heap() - before.heap()) / sessions, "octets");
    }
    if (after.resident() >= 0) {
      double each = (double) (after.resident() - before.resident()) / sessions;
      report.figure(what, "resident", each, "octets");
    }
  }

  private static void notices(
      Settings settings, Report report, String what, Imap[] writers, IdleSessions idle)
      throws IOException {
    ByteBuffer message = Mail.message(3, OCTETS);
    Histogram untold = new Histogram();
    Histogram times = new Histogram();
    long told = 0;
    report.cpu().reset();
    long warm = System.nanoTime() + (long) (settings.warmup() * 1e9);
    long end = warm + (long) (settings.seconds() * 1e9);
    for (int i = 0; System.nanoTime() < end || told == 0; i = (i + 1) % writers.length) {
      boolean counts = System.nanoTime() >= warm;
      if (counts) {
        report.cpu().start();
      }
      idle.expect(user(i), System.nanoTime(), counts ? times : untold);
      writers[i].append("INBOX", message.duplicate());
      idle.awaitNotices(TimeUnit.SECONDS.toNanos(30));
      if (counts) {
        report.cpu().stop();
        told += idle.sessions(user(i));
      }
    }
    report.cpu(what + " notice", told);
    report.times(what + " notice", times);
  }
}
