package org.posthorn.protocol.sasl;

import java.util.function.Consumer;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/**
 * What an engine lends to {@link SaslService#attend}, so that a login is decided in its turn: a
 * clock, a wait that costs no thread, and calls.
 */
public interface LoginQueue {
  /** As {@link org.posthorn.protocol.Effects#nanoTime()}. */
  long nanoTime();

  /** Goes on after a time, without reading input meanwhile; positive. */
  void after(long nanos, Runnable step);

  /** Has work done elsewhere, then goes on with its result or its failure. */
  <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed);
}
