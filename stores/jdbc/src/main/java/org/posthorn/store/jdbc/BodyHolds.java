package org.posthorn.store.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bodies that must not be freed though no message refers to them: somebody reads them, or they are
 * on their way in. Thread-safe.
 */
final class BodyHolds {
  private final Map<Long, Integer> held = new HashMap<>();
  private final Set<Long> doomed = new HashSet<>();

  /** False when the body is being freed this moment. */
  synchronized boolean hold(long body) {
    if (doomed.contains(body)) {
      return false;
    }
    held.merge(body, 1, Integer::sum);
    return true;
  }

  synchronized void release(long body) {
    held.computeIfPresent(body, (b, n) -> n == 1 ? null : n - 1);
  }

  synchronized int count() {
    return held.size();
  }

  private synchronized boolean doom(long body) {
    return !held.containsKey(body) && doomed.add(body);
  }

  private synchronized void settle(Set<Long> bodies) {
    doomed.removeAll(bodies);
  }

  /**
   * What one transaction frees. Closed when that has ended, one way or the other, and not before:
   * who then looks whether a body is there sees what became of it.
   */
  final class Doomed implements AutoCloseable {
    private final Set<Long> bodies = new HashSet<>();

    /** From now on nobody can hold this body; false when somebody does already. */
    boolean add(long body) {
      return doom(body) && bodies.add(body);
    }

    @Override
    public void close() {
      if (!bodies.isEmpty()) {
        settle(bodies);
      }
    }
  }
}
