package org.posthorn.server;

import java.util.LinkedHashSet;
import java.util.Set;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;

/** Collects hints from any thread, each mailbox once, until the connection's next turn. */
final class Hints implements HintSink {
  private final EngineLoop loop;
  private Set<MailboxId> waiting = Set.of();

  Hints(EngineLoop loop) {
    this.loop = loop;
  }

  @Override
  public void hint(MailboxId which) {
    boolean first;
    synchronized (this) {
      first = waiting.isEmpty();
      if (first) {
        waiting = new LinkedHashSet<>();
      }
      waiting.add(which);
    }
    if (first) {
      loop.execute(loop);
    }
  }

  /** What came since the last time. */
  synchronized Set<MailboxId> take() {
    Set<MailboxId> taken = waiting;
    waiting = Set.of();
    return taken;
  }
}
