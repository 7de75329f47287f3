package org.posthorn.protocol.sasl;

import java.util.Map;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

/**
 * Judges bearer tokens (RFC 6750) for the mechanisms of {@link TokenMechanism}. Thread-safe; called
 * on {@link #lane()}, so it may ask a server. What the user may do here is then for {@link
 * Authenticator#authorize} to say.
 */
@FunctionalInterface
public interface TokenVerifier {
  /**
   * Whether a token is good, and whose it is.
   *
   * @param attempt its names are empty unless the client claimed one
   * @throws StoreException when it cannot be told at the moment
   */
  Decision verify(LoginAttempt attempt, Secret token) throws StoreException;

  /** Where {@link #verify} runs. */
  default Lane lane() {
    return Lane.BLOCKING;
  }

  /** The answer. */
  sealed interface Decision {
    /**
     * A good token.
     *
     * @param user whom it was given to, as the user database calls them
     */
    record Valid(String user) implements Decision {}

    /**
     * No.
     *
     * @param status such as {@code invalid_token} or {@code insufficient_scope} (RFC 6750 section
     *     3.1); the client is told
     * @param detail for logs, never for the client
     * @param hints further members of the answer of RFC 7628 section 3.2.2: {@code scope}, {@code
     *     openid-configuration}
     */
    record Invalid(String status, String detail, Map<String, String> hints) implements Decision {
      public Invalid {
        hints = Map.copyOf(hints);
      }
    }
  }
}
