package org.posthorn.protocol;

import java.util.List;

/**
 * Several calls side by side, each on its own lane; one completion with every outcome in order. The
 * driver knows it and fans out.
 */
public record All<R>(List<? extends StoreCall<R>> calls) implements StoreCall<List<Outcome<R>>> {
  public All {
    calls = List.copyOf(calls);
  }

  /** One after the other, for drivers that do not fan out. */
  @Override
  public List<Outcome<R>> invoke(CallContext context) {
    return calls.stream().<Outcome<R>>map(call -> Outcome.of(call, context)).toList();
  }
}
