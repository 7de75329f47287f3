package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;

/**
 * Which consistency is asked for. With three replicas all of it holds while one of them is down;
 * while two are down everything is refused.
 */
final class Levels {
  /** Rows and bodies are read and written so: what was written is seen by every later read. */
  static final ConsistencyLevel DATA = DefaultConsistencyLevel.LOCAL_QUORUM;

  /**
   * Conditional batches are decided so, and the head of a mailbox is read so wherever an answer
   * depends on it: such a read finishes what was decided and not yet told to all replicas.
   */
  static final ConsistencyLevel DECISION = DefaultConsistencyLevel.LOCAL_SERIAL;

  /** Which data centre decides is decided by the replicas in all of them. */
  static final ConsistencyLevel EVERYWHERE = DefaultConsistencyLevel.SERIAL;

  private Levels() {}
}
