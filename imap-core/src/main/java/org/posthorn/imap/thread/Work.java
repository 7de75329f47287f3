package org.posthorn.imap.thread;

import org.posthorn.protocol.CallContext;
import org.posthorn.store.StoreException;

/** Counts steps, and ends work that is too long or no longer wanted. */
final class Work {
  private static final int CHECK_EVERY = 0xffff;

  private final CallContext context;
  private final long limit;
  private long steps;

  Work(CallContext context, long limit) {
    this.context = context;
    this.limit = limit;
  }

  /**
   * One step more.
   *
   * @throws StoreException CANCELLED; LIMIT when there were too many
   */
  void step() throws StoreException {
    if (++steps > limit) {
      throw new StoreException(StoreException.Code.LIMIT, "The references are too tangled");
    }
    if ((steps & CHECK_EVERY) == 0 && context.cancelled()) {
      throw new StoreException(StoreException.Code.CANCELLED, "thread cancelled");
    }
  }
}
