package org.posthorn.imap.search;

import java.util.List;
import java.util.Optional;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * What a store can say by its flags of the messages that a program selects.
 *
 * @param left the messages that are still in question
 * @param complete whether all of these are selected, so that nothing more is to be tested
 */
record FlagIndex(UidSet left, boolean complete) {

  /**
   * Asks the store.
   *
   * @param keys of which all must match
   */
  static FlagIndex ask(Mailbox mailbox, List<SearchKey> keys, UidSet messages)
      throws StoreException {
    UidSet left = messages;
    boolean complete = !keys.isEmpty();
    for (SearchKey key : keys) {
      if (key instanceof UidKey uids) {
        left = left.intersect(uids.uids());
      } else {
        Optional<UidSet> flagged =
            key instanceof FlagKey flag
                ? mailbox.flagged(flag.flag(), flag.set(), left)
                : Optional.empty();
        left = flagged.orElse(left);
        complete &= flagged.isPresent();
      }
    }
    return new FlagIndex(left, complete);
  }
}
