package org.posthorn.protocol;

import org.posthorn.store.StoreException;

/**
 * Work that an engine has done elsewhere. A value, preferably a record: printable, comparable,
 * scriptable. Where it runs is a property of the call.
 *
 * @param <R> the result
 */
@FunctionalInterface
public interface StoreCall<R> {
  R invoke(CallContext context) throws StoreException;

  default Lane lane() {
    return Lane.BLOCKING;
  }
}
