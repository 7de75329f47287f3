package org.posthorn.imap.search;

import org.posthorn.store.UidSet;

/** UID, and what the session made of sequence numbers and \Recent. */
record UidKey(UidSet uids) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.STATE;
  }

  @Override
  public boolean matches(SearchMessage message) {
    return uids.contains(message.row().uid());
  }
}
