package org.posthorn.store.memory.faulty;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** What a store does wrong: lies at some methods of the SPI, named {@code Interface.method}. */
final class Fault {
  /** Answers instead of the store. */
  interface Lie {
    @Nullable Object tell(Call call) throws StoreException;
  }

  /** What a lie makes of an honest answer. */
  interface Bend<T> {
    @Nullable Object apply(T answer) throws StoreException;
  }

  /** An account of its own for whoever does not know how else to break a thing. */
  static final Fault NONE = new Fault("none");

  private final String name;
  private final Map<String, Lie> lies = new HashMap<>();
  private boolean forgetful;

  private Fault(String name) {
    this.name = name;
  }

  static Fault of(String name) {
    return new Fault(name);
  }

  Fault at(String method, Lie lie) {
    lies.put(method, lie);
    return this;
  }

  <T> Fault bending(String method, Class<T> type, Bend<T> bend) {
    return at(method, call -> bend.apply(call.answer(type)));
  }

  /** Refusals are taken for this answer. */
  Fault neverRefusing(String method, Bend<Call> instead) {
    return at(
        method,
        call -> {
          try {
            return call.answer();
          } catch (StoreException refused) {
            return instead.apply(call);
          }
        });
  }

  /** What was written is gone after a restart. */
  Fault forgetting() {
    forgetful = true;
    return this;
  }

  boolean forgets() {
    return forgetful;
  }

  @Nullable Lie lie(String method) {
    return lies.get(method);
  }

  @Override
  public String toString() {
    return name;
  }
}
