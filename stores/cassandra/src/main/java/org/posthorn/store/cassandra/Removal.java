package org.posthorn.store.cassandra;

import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Messages vanish: in the batch itself, or as an intent where they are too many. */
final class Removal {
  private Removal() {}

  static void remove(Draft draft, UidSet uids, List<Message> messages) throws StoreException {
    draft.modSeq();
    draft.vanished(uids);
    if (messages.size() <= Boxes.BATCH) {
      for (Message message : messages) {
        draft.delete(message);
      }
    } else {
      draft.box.intent = new Intent.Remove(uids);
    }
  }

  /** Those that are there, without looking at them where they are too many. */
  static void remove(Draft draft, UidSet uids) throws StoreException {
    if (uids.size() <= Boxes.BATCH) {
      remove(draft, uids, draft.read(uids));
    } else {
      draft.modSeq();
      draft.vanished(uids);
      draft.box.intent = new Intent.Remove(uids);
    }
  }
}
