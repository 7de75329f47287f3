package org.posthorn.testkit.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.posthorn.protocol.All;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.CallProgress;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;

/** A call under way, and what it may know. */
final class HeldCall<R> implements CallContext {
  private final StoreCall<R> call;
  private final List<Runnable> onCancel = new ArrayList<>();
  private CallProgress progress = CallProgress.UNKNOWN;
  private boolean cancelled;

  HeldCall(StoreCall<R> call) {
    this.call = call;
  }

  StoreCall<R> call() {
    return call;
  }

  Outcome<?> run(boolean backwards) {
    return backwards && call instanceof All<?> all ? backwards(all) : Outcome.of(call, this);
  }

  private <T> Outcome<?> backwards(All<T> all) {
    List<Outcome<T>> outcomes = new ArrayList<>();
    for (int i = all.calls().size() - 1; i >= 0; i--) {
      outcomes.add(Outcome.of(all.calls().get(i), this));
    }
    Collections.reverse(outcomes);
    return new Outcome.Done<>(outcomes);
  }

  void cancel() {
    cancelled = true;
    onCancel.forEach(Runnable::run);
    onCancel.clear();
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      onCancel.add(action);
    }
  }

  @Override
  public void progress(long done, long goal) {
    progress = new CallProgress(done, goal);
  }

  CallProgress progress() {
    return progress;
  }
}
