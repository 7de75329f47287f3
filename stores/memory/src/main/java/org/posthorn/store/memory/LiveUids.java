package org.posthorn.store.memory;

import org.posthorn.store.UidSet;

/**
 * The UIDs of a mailbox as an immutable set that readers share; changes are gathered and applied
 * when somebody asks, so that an append or expunge does not pay for the size of the set.
 */
final class LiveUids {
  private UidSet set = UidSet.EMPTY;
  private UidSet.Builder added = UidSet.builder();
  private UidSet.Builder removed = UidSet.builder();
  private boolean pending;

  /** A UID greater than all before. */
  void add(long uid) {
    added.add(uid);
    pending = true;
  }

  void remove(UidSet uids) {
    removed.addAll(uids);
    pending = true;
  }

  UidSet set() {
    if (pending) {
      set = set.union(added.build()).minus(removed.build());
      added = UidSet.builder();
      removed = UidSet.builder();
      pending = false;
    }
    return set;
  }
}
