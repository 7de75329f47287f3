package org.posthorn.imap.limit;

import org.posthorn.protocol.Lane;
import org.posthorn.store.UidSet;

/**
 * Where a call for several messages runs: what takes its time must not keep other connections
 * waiting.
 */
public final class Batch {
  /** What every store that answers at once does within the time of an inline call, about. */
  private static final int SMALL = 50;

  private Batch() {}

  /** The lane of a call that changes, or shows, so many messages. */
  public static Lane lane(UidSet uids) {
    return uids.size() <= SMALL ? Lane.STORE : Lane.BLOCKING;
  }
}
