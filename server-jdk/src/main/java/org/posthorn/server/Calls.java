package org.posthorn.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.All;
import org.posthorn.protocol.CallProgress;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** The one outstanding call of a connection: asked for, running, or done and not yet told. */
final class Calls {
  private final EngineLoop loop;
  private final Lanes lanes;
  private final long timeoutNanos;
  private final Lane storeLane;

  private @Nullable StoreCall<?> requested;
  private @Nullable RunningCall running;
  private @Nullable Outcome<?> outcome;

  /**
   * @param storeLane where calls of {@link Lane#STORE} run
   */
  Calls(EngineLoop loop, Lanes lanes, long timeoutNanos, Lane storeLane) {
    this.loop = loop;
    this.lanes = lanes;
    this.timeoutNanos = timeoutNanos;
    this.storeLane = storeLane;
  }

  boolean outstanding() {
    return requested != null || running != null || outcome != null;
  }

  boolean running() {
    return running != null;
  }

  boolean done() {
    return outcome != null;
  }

  /** How far the running call says that it is. */
  CallProgress progress() {
    RunningCall call = running;
    return call == null ? CallProgress.UNKNOWN : call.progress();
  }

  void request(StoreCall<?> call) {
    if (outstanding()) {
      throw new IllegalStateException("a call is outstanding");
    }
    requested = call;
  }

  /** The outcome, once. */
  Outcome<?> take() {
    Outcome<?> done = outcome;
    if (done == null) {
      throw new IllegalStateException("no call is done");
    }
    outcome = null;
    return done;
  }

  /** Begins what was asked for. Returns false when there is nothing of that kind. */
  boolean start() {
    StoreCall<?> call = requested;
    if (call == null) {
      return false;
    }
    requested = null;
    RunningCall context = new RunningCall(System.nanoTime() + timeoutNanos);
    running = context;
    begin(call, context, this::finish);
    return true;
  }

  /**
   * Answers what was asked for, but not begun, with a refusal. Returns false when there is nothing
   * of that kind.
   */
  boolean refuse(StoreException.Code code, String reason) {
    if (requested == null) {
      return false;
    }
    requested = null;
    outcome = new Outcome.Failed<>(new StoreException(code, reason));
    return true;
  }

  void cancel() {
    if (running != null) {
      running.cancel();
    }
  }

  private void finish(Outcome<?> done) {
    running = null;
    outcome = done;
    loop.run();
  }

  /**
   * @param then told on the connection's executor
   */
  private void begin(StoreCall<?> call, RunningCall context, Consumer<Outcome<?>> then) {
    Lane asked = call.lane();
    Lane lane = asked == Lane.STORE ? storeLane : asked;
    if (call instanceof All<?> all && !all.calls().isEmpty()) {
      beginAll(all, context, then);
    } else if (lane == Lane.INLINE) {
      then.accept(Outcome.of(call, context));
    } else if (!lanes.lane(lane).offer(loop.shareKey(), () -> work(call, context, then))) {
      then.accept(refusal("too busy"));
    }
  }

  private void work(StoreCall<?> call, RunningCall context, Consumer<Outcome<?>> then) {
    Outcome<?> done =
        System.nanoTime() - context.deadlineNanos() > 0
            ? refusal("waited too long")
            : Outcome.of(call, context);
    loop.execute(() -> then.accept(done));
  }

  private void beginAll(All<?> all, RunningCall context, Consumer<Outcome<?>> then) {
    int size = all.calls().size();
    List<Outcome<?>> outcomes = new ArrayList<>(Collections.nCopies(size, refusal("not run")));
    AtomicInteger left = new AtomicInteger(size);
    for (int i = 0; i < size; i++) {
      int index = i;
      begin(
          all.calls().get(i),
          context,
          done -> {
            outcomes.set(index, done);
            if (left.decrementAndGet() == 0) {
              then.accept(new Outcome.Done<>(outcomes));
            }
          });
    }
  }

  private static Outcome<?> refusal(String reason) {
    return new Outcome.Failed<>(new StoreException(StoreException.Code.UNAVAILABLE, reason));
  }
}
