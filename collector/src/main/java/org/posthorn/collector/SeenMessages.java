package org.posthorn.collector;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.StoreException;

/** Remembers which messages of outside mailboxes have come here. Thread-safe; may block. */
public interface SeenMessages extends AutoCloseable {
  /** When a message came; empty when it did not. */
  Optional<Instant> seen(String source, String uid) throws StoreException;

  /** A message has come; durably noted when this returns. */
  void note(String source, String uid, Instant when) throws StoreException;

  /** Forgets messages of a source that are not on its server any more. */
  void retain(String source, Set<String> present) throws StoreException;

  @Override
  void close() throws StoreException;
}
