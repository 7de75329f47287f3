package org.posthorn.smtp;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** What a session goes on with when a call has finished or a pause is over. */
final class Waiting {
  private @Nullable Consumer<Outcome<?>> continuation;
  private @Nullable Runnable afterPause;
  private long pauseEnds;
  private Class<?> during = Waiting.class;

  <R> void call(
      Effects effects, StoreCall<R> call, Consumer<R> then, Consumer<StoreException> otherwise) {
    continuation =
        outcome -> {
          if (outcome instanceof Outcome.Failed<?> failed) {
            otherwise.accept(failed.why());
          } else {
            @SuppressWarnings("unchecked") // the outcome belongs to this call
            R value = (R) ((Outcome.Done<?>) outcome).value();
            then.accept(value);
          }
        };
    during = call.getClass();
    effects.call(call);
  }

  /** The outstanding call has finished: what is to be done then. */
  Runnable completed(Effects effects, Outcome<?> outcome) {
    Consumer<Outcome<?>> then = continuation;
    if (then == null) {
      throw new IllegalStateException("no call outstanding");
    }
    continuation = null;
    if (outcome instanceof Outcome.Failed<?> failed && Failures.isFault(failed.why())) {
      effects.event(new Event.Fault(during.getSimpleName(), failed.why()));
    }
    return () -> then.accept(outcome);
  }

  void pause(long ends, Runnable then) {
    afterPause = then;
    pauseEnds = ends;
  }

  boolean paused() {
    return afterPause != null;
  }

  long pauseEnds() {
    return pauseEnds;
  }

  /** What is to be done now. */
  Runnable endPause() {
    Runnable then = afterPause;
    if (then == null) {
      throw new IllegalStateException("no pause");
    }
    afterPause = null;
    return then;
  }
}
