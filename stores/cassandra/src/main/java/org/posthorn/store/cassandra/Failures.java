package org.posthorn.store.cassandra;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** What fails of much of which the rest is done nevertheless. Not thread-safe. */
final class Failures {
  /** So many end it: then it is not what is worked on that is wrong. */
  private static final int MOST = 20;

  private @Nullable StoreException first;
  private int count;

  interface Work {
    void run() throws StoreException;
  }

  /** Whether it succeeded. */
  boolean survives(Work work) throws StoreException {
    try {
      work.run();
      return true;
    } catch (StoreException | RuntimeException e) {
      StoreException failure = StoreException.of(e);
      if (first == null) {
        first = failure;
      } else {
        first.addSuppressed(failure);
      }
      if (++count == MOST) {
        end();
      }
      return false;
    }
  }

  /** Throws what failed first, with the others. */
  void end() throws StoreException {
    if (first != null) {
      throw first;
    }
  }
}
