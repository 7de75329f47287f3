package org.posthorn.server;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.protocol.CallContext;

/** What a call sees of its caller. Thread-safe. */
final class RunningCall implements CallContext {
  private final long deadlineNanos;
  private volatile boolean cancelled;
  private List<Runnable> onCancel = List.of();

  RunningCall(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        if (onCancel.isEmpty()) {
          onCancel = new ArrayList<>(2);
        }
        onCancel.add(action);
        return;
      }
    }
    action.run();
  }

  /** The calls' listeners are other calls' business: progress is not passed on. */
  @Override
  public void progress(long done, long goal) {}

  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      cancelled = true;
      actions = onCancel;
      onCancel = List.of();
    }
    actions.forEach(Runnable::run);
  }
}
