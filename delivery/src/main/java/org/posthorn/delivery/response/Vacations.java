package org.posthorn.delivery.response;

import java.util.Optional;
import org.posthorn.store.StoreException;

/** Which automatic answer an account has. Thread-safe; may block. */
@FunctionalInterface
public interface Vacations {
  Vacations NONE = account -> Optional.empty();

  Optional<Vacation> of(String account) throws StoreException;
}
