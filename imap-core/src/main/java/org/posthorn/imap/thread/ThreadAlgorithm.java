package org.posthorn.imap.thread;

import java.util.List;
import org.posthorn.store.StoreException;

/** How threads are made (RFC 5256: thread-alg). Stateless, thread-safe. */
public interface ThreadAlgorithm {
  /**
   * The roots of the threads, in their order. A dummy is a root only, and has two children at
   * least.
   *
   * @param work to be told of every step, so that it can be stopped
   */
  List<ThreadNode> thread(ThreadTable table, Work work) throws StoreException;
}
