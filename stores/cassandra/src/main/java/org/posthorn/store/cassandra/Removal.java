package org.posthorn.store.cassandra;

import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Messages vanish: in the batch itself, or as an intent where they are too many. */
final class Removal {
  private Removal() {}

  static void remove(Draft draft, UidSet uids, List<Message> messages) throws StoreException {
    long modSeq = draft.modSeq();
    draft.vanished(uids);
    boolean now = draft.box.fitIntoOneBatch(uids);
    for (Message message : messages) {
      draft.uncount(message);
      if (now) {
        draft.delete(message);
      }
    }
    if (!now) {
      draft.box.intent = new Intent.Remove(modSeq, uids);
    }
  }
}
