package org.posthorn.imap.search;

import java.util.function.Function;
import org.posthorn.store.UidSet;

/**
 * A set of messages that only the session's view can name: sequence numbers, UID sets, RECENT.
 *
 * @param numbered whether it was written with sequence numbers
 */
record ViewKey(Function<SearchView, UidSet> messages, boolean numbered) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.STATE;
  }

  @Override
  public SearchKey in(SearchView view) {
    return new UidKey(messages.apply(view));
  }

  @Override
  public boolean matches(SearchMessage message) {
    throw new IllegalStateException("the session's view is missing");
  }
}
