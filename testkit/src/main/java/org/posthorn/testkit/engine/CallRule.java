package org.posthorn.testkit.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** Decides what becomes of a call that an engine wants done. */
@FunctionalInterface
public interface CallRule {
  Decision decide(StoreCall<?> call);

  /** What to do with a call. */
  sealed interface Decision {}

  /** Run it at once. */
  record Run() implements Decision {}

  /** Keep it until {@link EngineHarness#runHeldCall()} or {@link EngineHarness#failHeldCall}. */
  record Hold() implements Decision {}

  /** Do not run it; it failed. */
  record Fail(StoreException why) implements Decision {}

  /** Every call runs at once. */
  CallRule RUN = call -> new Run();

  /** Every call is held back. */
  CallRule HOLD = call -> new Hold();

  /** The next call fails, all others run. */
  static CallRule failOnce(StoreException why) {
    return failOnce(call -> true, why);
  }

  /** The next call that matches fails, all others run. */
  static CallRule failOnce(Predicate<StoreCall<?>> which, StoreException why) {
    AtomicBoolean done = new AtomicBoolean();
    return call -> which.test(call) && done.compareAndSet(false, true) ? new Fail(why) : new Run();
  }
}
