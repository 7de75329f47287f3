package org.posthorn.store.support;

import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/**
 * Carries hints between the servers that share a store. What is lost on the way costs a moment and
 * nothing else: whoever is hinted at asks {@code changesSince}. A bus tells of its own server's
 * changes or not, as it likes. Thread-safe.
 */
public interface HintBus extends AutoCloseable {
  /** Hears what other servers changed. Called by any thread; returns at once. */
  interface Ear {
    /**
     * Something may have changed.
     *
     * @param name as the account's owner calls the mailbox
     */
    void heard(String account, MailboxId id, MailboxName name);

    /** Hints were lost, nobody knows which. */
    void mayHaveMissed();
  }

  /**
   * From now on the ear hears: what is told anywhere after this returned arrives, or {@link
   * Ear#mayHaveMissed} is called. Called once, and not needed to {@link #tell}.
   *
   * @throws StoreException UNAVAILABLE when nothing can be heard yet
   */
  void start(Ear ear) throws StoreException;

  /**
   * This server changed something; called after the commit, returns at once and does not fail. What
   * is told again before it has gone out may be told once.
   *
   * @param account what the servers agree to call it, one word; a store may use numbers
   */
  void tell(String account, MailboxId id, MailboxName name);

  /**
   * Somebody here wants to hear of these mailboxes; a bus that polls asks for nothing else.
   *
   * @return what ends it
   */
  Runnable watched(String account, WatchSpec what);

  /** Nothing is heard after this returned; what is told later is lost. */
  @Override
  void close();
}
