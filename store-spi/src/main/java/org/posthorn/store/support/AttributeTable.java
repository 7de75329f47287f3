package org.posthorn.store.support;

import java.util.SortedMap;
import org.posthorn.store.StoreException;

/**
 * Named octets that hang on something in an account: the identity of a mailbox of any account, or
 * the account itself, which is the empty text. The account named by an empty text is the store.
 * What hangs on an account's own mailbox goes with it, and all goes with the account. Thread-safe;
 * may block.
 */
public interface AttributeTable {
  /** Edits attributes; the last step of a transaction. */
  @FunctionalInterface
  interface Change {
    void apply(SortedMap<String, byte[]> attributes) throws StoreException;
  }

  /** The attributes of one object, a copy. */
  SortedMap<String, byte[]> get(String account, String object) throws StoreException;

  /** Changes the attributes of one object in one step; nothing where the change throws. */
  void change(String account, String object, Change change) throws StoreException;

  /** Removes the attributes of one name from all objects of an account. */
  void removeAll(String account, String name) throws StoreException;

  /** Watchers of a mailbox may want to know that its shared attributes changed. */
  void hint(Place mailbox) throws StoreException;
}
