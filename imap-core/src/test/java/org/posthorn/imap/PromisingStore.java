package org.posthorn.imap;

import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;

/** The same mail under other promises. */
record PromisingStore(MailStore store, Set<Promise> promises) implements MailStore {
  @Override
  public Account open(Identity who) throws StoreException {
    return store.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    return store.facets();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return store.facet(type);
  }

  @Override
  public void close() throws StoreException {
    store.close();
  }
}
