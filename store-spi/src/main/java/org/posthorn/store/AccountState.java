package org.posthorn.store;

import java.time.Instant;
import java.util.List;

/**
 * Facet: what is known of an account's life, for rules on accounts that nobody uses. Thread-safe;
 * may block.
 */
public interface AccountState {
  /**
   * What is known of an account.
   *
   * @param created when the account was made
   * @param lastRetrieval when its owner last looked at mail; {@code created} where never
   */
  record Life(Instant created, Instant lastRetrieval) {}

  /** Told and kept to the second; at least this far apart are two writes for one account. */
  int RESOLUTION_SECONDS = 3600;

  /**
   * What is known of an account.
   *
   * @throws StoreException NONEXISTENT
   */
  Life life(String account) throws StoreException;

  /**
   * Notes that the owner looked at mail. An earlier time than is known changes nothing, and one
   * less than {@link #RESOLUTION_SECONDS} later may be passed over.
   *
   * @throws StoreException NONEXISTENT
   */
  void retrieved(String account, Instant when) throws StoreException;

  /**
   * Accounts whose last retrieval lies before a time, by name in code point order.
   *
   * @param after names after this one; an empty string starts
   * @param max how many at most
   */
  List<String> idleSince(Instant before, String after, int max) throws StoreException;
}
