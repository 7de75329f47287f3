package org.posthorn.testkit.store;

import java.io.IOException;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * A store whose process can be made to die in the middle of a call, over the data of the store
 * under test: beside it, or while that is closed where the store promises {@link
 * org.posthorn.store.Promise#HINTS_ALL}. Not thread-safe.
 */
public interface CrashingStore extends AutoCloseable {
  MailStore store();

  /**
   * From now on it takes so many more steps and then dies: nothing that it does afterwards has an
   * effect, and every call fails.
   *
   * @param steps whatever the store does one after the other when it changes things, such as its
   *     requests to a database; 0 dies at once
   */
  void dieAfter(int steps);

  /**
   * The next process begins: it works again, with handles opened from now on. Never called of one
   * that has the data for itself, which is closed instead.
   */
  void revive();

  /** Ends what is left of it; that it is dead is no failure. */
  @Override
  void close() throws StoreException, IOException;
}
