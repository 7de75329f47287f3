package org.posthorn.server;

import org.jspecify.annotations.Nullable;

/**
 * One timer of a connection. Setting it later, which is what every command does to an idle timeout,
 * costs nothing: the timer rings early, sees that, and goes to sleep again.
 */
final class Alarm implements Runnable {
  static final long NEVER = Long.MAX_VALUE;

  private final Wire wire;
  private final EngineLoop loop;
  private long due = NEVER;
  private long scheduled = NEVER;
  private @Nullable Runnable cancel;

  Alarm(Wire wire, EngineLoop loop) {
    this.wire = wire;
    this.loop = loop;
  }

  /**
   * @param when on the scale of {@link System#nanoTime}, or {@link #NEVER}
   */
  void set(long when) {
    due = when;
    if (when != NEVER && (cancel == null || when - scheduled < 0)) {
      cancel();
      due = when;
      schedule();
    }
  }

  void cancel() {
    due = NEVER;
    if (cancel != null) {
      cancel.run();
      cancel = null;
    }
  }

  private void schedule() {
    scheduled = due;
    cancel = wire.schedule(this, Math.max(0, due - System.nanoTime()));
  }

  /** The timer rings. */
  @Override
  public void run() {
    cancel = null;
    if (due == NEVER) {
      return;
    }
    if (due - System.nanoTime() > 0) {
      schedule();
    } else {
      due = NEVER;
      loop.ring(this);
    }
  }
}
