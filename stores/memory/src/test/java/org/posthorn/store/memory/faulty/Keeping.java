package org.posthorn.store.memory.faulty;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;

/** A store that outlives its closing and has every facet. */
final class Keeping implements MailStore {
  private final MailStore memory;
  private final SearchIndex index = new ScanningIndex();

  Keeping(MailStore memory) {
    this.memory = memory;
  }

  @Override
  public Account open(Identity who) throws StoreException {
    return memory.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    Set<Class<?>> facets = new HashSet<>(memory.facets());
    facets.add(SearchIndex.class);
    return facets;
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return type == SearchIndex.class ? Optional.of(type.cast(index)) : memory.facet(type);
  }

  @Override
  public Set<Promise> promises() {
    return EnumSet.allOf(Promise.class);
  }

  @Override
  public void close() {}
}
