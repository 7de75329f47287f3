package org.posthorn.imap.fetch;

import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * One data item of FETCH with its arguments. Immutable, preferably a record: an item that is asked
 * for twice is given once. An extension adds an item by implementing this and {@link FetchKeyword}.
 */
public interface FetchItem {

  /** Which items of the row this looks at, besides UID, MODSEQ and flags. */
  default Set<Item> items() {
    return Set.of();
  }

  /** Whether the octets of the message may be read. */
  default boolean readsContent() {
    return false;
  }

  /** Whether fetching this sets \Seen. */
  default boolean marksSeen() {
    return false;
  }

  /**
   * Whether what has to be decoded can be; else the message is passed over and the command refused
   * with UNKNOWN-CTE (RFC 3516 section 4.3).
   */
  default boolean canDecode(StoredMessage message) throws StoreException {
    return true;
  }

  /** About how many octets this writes for the message. */
  default long weight(StoredMessage message) throws StoreException {
    return 64;
  }

  /** Writes the item's name, a space and its value. Called within a store call: it may read. */
  void write(StoredMessage message, FetchOutput out) throws StoreException;
}
