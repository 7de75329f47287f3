package org.posthorn.protocol;

import org.posthorn.store.StoreException;

/**
 * How a call ended.
 *
 * @param <R> the result
 */
public sealed interface Outcome<R> {
  record Done<R>(R value) implements Outcome<R> {}

  record Failed<R>(StoreException why) implements Outcome<R> {}

  /** The result, or the failure thrown. */
  default R get() throws StoreException {
    if (this instanceof Done<R> done) {
      return done.value();
    }
    throw ((Failed<R>) this).why();
  }

  /** Runs a call and catches everything; any throwable but a StoreException becomes FAULT. */
  static <R> Outcome<R> of(StoreCall<R> call, CallContext context) {
    try {
      return new Done<>(call.invoke(context));
    } catch (StoreException e) {
      return new Failed<>(e);
    } catch (RuntimeException | Error e) {
      return new Failed<>(StoreException.of(e));
    }
  }
}
