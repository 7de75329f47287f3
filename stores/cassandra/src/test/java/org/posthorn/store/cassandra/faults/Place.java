package org.posthorn.store.cassandra.faults;

import java.util.LinkedHashSet;
import java.util.Set;
import org.posthorn.store.UidSet;

/** What a UID of a mailbox names, for ever. */
record Place(String mailbox, long uid) {
  static Set<Place> all(String mailbox, UidSet uids) {
    Set<Place> places = new LinkedHashSet<>();
    uids.forEachUid(uid -> places.add(new Place(mailbox, uid)));
    return places;
  }

  @Override
  public String toString() {
    return mailbox + "/" + uid;
  }
}
