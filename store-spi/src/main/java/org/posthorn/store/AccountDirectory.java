package org.posthorn.store;

import java.util.List;

/** Facet: which accounts there are. Thread-safe; may block. */
public interface AccountDirectory {
  boolean exists(String account) throws StoreException;

  /**
   * Creates an account that has an empty INBOX and nothing else.
   *
   * @return false when it was there already
   */
  boolean create(String account) throws StoreException;

  /** Deletes an account and all its mail; false when there was none. */
  boolean delete(String account) throws StoreException;

  /**
   * Account names after {@code after} in code point order, at most {@code max}; an empty string
   * starts.
   */
  List<String> list(String after, int max) throws StoreException;
}
