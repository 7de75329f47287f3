package org.posthorn.server;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.CallProgress;

/** What a call sees of its caller. Thread-safe. */
final class RunningCall implements CallContext {
  private final long deadlineNanos;
  private volatile boolean cancelled;
  private volatile CallProgress progress = CallProgress.UNKNOWN;
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

  @Override
  public void progress(long done, long goal) {
    progress = new CallProgress(done, goal);
  }

  /** What was told last. */
  CallProgress progress() {
    return progress;
  }

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
