package org.posthorn.store.cassandra.faults;

import java.util.function.Consumer;

/** One thing that must hold of a history. */
interface Rule {
  /**
   * Judges.
   *
   * @param wrong takes what is wrong, a line each
   */
  void check(Recorded history, Consumer<String> wrong);
}
