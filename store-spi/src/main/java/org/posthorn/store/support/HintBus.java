package org.posthorn.store.support;

import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
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

  /** For a store that one process has for itself. */
  HintBus IN_PROCESS =
      new HintBus() {
        @Override
        public void start(Ear ear) {}

        @Override
        public void tell(String account, MailboxId id, MailboxName name) {}

        @Override
        public Runnable watched(String account, WatchSpec what) {
          return () -> {};
        }

        @Override
        public void close() {}
      };

  /** From now on the ear hears; called once. */
  void start(Ear ear);

  /** This server changed something; returns at once. */
  void tell(String account, MailboxId id, MailboxName name);

  /**
   * Somebody here wants to hear of these mailboxes; a bus that polls asks for nothing else.
   *
   * @return what ends it
   */
  Runnable watched(String account, WatchSpec what);

  @Override
  void close();
}
