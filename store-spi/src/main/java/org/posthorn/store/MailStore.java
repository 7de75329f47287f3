package org.posthorn.store;

import java.util.Optional;
import java.util.Set;

/**
 * A place that keeps mail for many accounts. All methods may be called by any thread at any time
 * and may block; none of them waits for a client.
 */
public interface MailStore extends AutoCloseable {
  /**
   * Opens an account.
   *
   * @throws StoreException {@link StoreException.Code#NONEXISTENT} when there is no such account
   */
  Account open(Identity who) throws StoreException;

  /** The optional abilities of this store, known before anybody logs in; it never changes. */
  Set<Class<?>> facets();

  /** An optional ability, present exactly when {@link #facets()} names its type. */
  <F> Optional<F> facet(Class<F> type);

  /** What this store guarantees beyond the contract; it never changes. */
  Set<Promise> promises();

  /**
   * Whether calls wait for the disk or the network in native code, where they hold on to a thread
   * of the platform: a server then does not run them on virtual threads. It never changes.
   */
  default boolean blocksInNativeCode() {
    return false;
  }

  /**
   * Whether a call that has little to do (to open, to look at one page, to change a few messages)
   * takes less than 50 µs and waits for neither disk nor network: a server then makes it on the
   * thread of the connection, which saves two changes of threads. It never changes.
   */
  default boolean answersAtOnce() {
    return false;
  }

  @Override
  void close() throws StoreException;
}
