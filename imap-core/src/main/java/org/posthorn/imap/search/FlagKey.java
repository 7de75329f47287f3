package org.posthorn.imap.search;

import org.posthorn.store.SystemFlag;

/** ANSWERED, DELETED, DRAFT, FLAGGED, SEEN and their contraries. */
record FlagKey(SystemFlag flag, boolean set) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.STATE;
  }

  @Override
  public boolean matches(SearchMessage message) {
    return message.row().flags().has(flag) == set;
  }
}
