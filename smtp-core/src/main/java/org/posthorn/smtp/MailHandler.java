package org.posthorn.smtp;

import java.util.Optional;
import org.posthorn.store.StoreException;

/**
 * Decides about mail that comes in by SMTP or LMTP. Thread-safe; every method runs on the blocking
 * lane and may block, unless the handler {@linkplain #answersAtOnce answers at once}.
 */
public interface MailHandler {
  /** A client says MAIL. */
  Transaction begin(SmtpPeer peer) throws StoreException;

  /**
   * Whether calls wait in native code, as those of some stores do; see the store's own word on it.
   */
  default boolean blocksInNativeCode() {
    return false;
  }

  /**
   * Whether every method, of transactions and sinks too, takes less than 50 µs for a small message
   * and waits for nothing: a server then calls them on the thread of the connection. The same
   * answer every time.
   */
  default boolean answersAtOnce() {
    return false;
  }

  /**
   * An optional ability, of {@code org.posthorn.smtp.facet}: an EHLO keyword that needs one is
   * announced and accepted only with it. The same answer every time; must not block.
   */
  default <F> Optional<F> facet(Class<F> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }
}
