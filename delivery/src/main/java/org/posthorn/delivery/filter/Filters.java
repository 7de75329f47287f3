package org.posthorn.delivery.filter;

import java.util.Optional;
import org.posthorn.store.StoreException;

/** Which filter an account has. Thread-safe; may block. */
@FunctionalInterface
public interface Filters {
  Filters NONE = account -> Optional.empty();

  Optional<MailFilter> of(String account) throws StoreException;
}
