package org.posthorn.examples;

import java.io.PrintStream;
import org.posthorn.backup.Progress;
import org.posthorn.store.MailboxName;

/** One line of a terminal that tells how far a backup or transfer is; nothing elsewhere. */
final class ProgressLine implements Progress, AutoCloseable {
  private static final long EVERY_NANOS = 200_000_000;

  private final PrintStream terminal = System.err;

  @SuppressWarnings("SystemConsoleNull") // what newer JDKs show where it is none does no harm
  private final boolean shown = System.console() != null;

  private long last = System.nanoTime();
  private int length;

  @Override
  public void messages(String account, MailboxName mailbox, long done, long total) {
    long now = System.nanoTime();
    if (shown && now - last >= EVERY_NANOS) {
      last = now;
      clear();
      String line = account + " " + mailbox + " " + done + (total > 0 ? "/" + total : "");
      terminal.print(line);
      terminal.flush();
      length = line.length();
    }
  }

  /** Leaves the line to others. */
  void clear() {
    if (length > 0) {
      terminal.print("\r" + " ".repeat(length) + "\r");
      length = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
