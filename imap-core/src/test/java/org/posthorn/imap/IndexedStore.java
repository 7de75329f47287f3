package org.posthorn.imap;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;

/** A store with an index that can tell nothing, which is allowed: all messages may match. */
record IndexedStore(MailStore store) implements MailStore {
  private static final SearchIndex INDEX = (mailbox, among, scope, needle) -> among;

  @Override
  public Account open(Identity who) throws StoreException {
    return store.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    Set<Class<?>> facets = new HashSet<>(store.facets());
    facets.add(SearchIndex.class);
    return facets;
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return type == SearchIndex.class ? Optional.of(type.cast(INDEX)) : store.facet(type);
  }

  @Override
  public Set<Promise> promises() {
    return store.promises();
  }

  @Override
  public void close() throws StoreException {
    store.close();
  }
}
