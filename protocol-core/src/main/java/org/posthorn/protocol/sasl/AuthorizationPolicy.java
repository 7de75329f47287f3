package org.posthorn.protocol.sasl;

import java.util.Set;

/**
 * Whether an authenticated user may act as somebody else (RFC 4422 section 2, authorization
 * identity). Thread-safe; asked on the authenticator's lane, and only when the two differ.
 */
@FunctionalInterface
public interface AuthorizationPolicy {
  /** Everybody acts as themselves only. */
  AuthorizationPolicy SELF = (authenticationId, authorizationId) -> false;

  /** Whether the first may act as the second; both are names as the user database has them. */
  boolean mayActAs(String authenticationId, String authorizationId);

  /** These users may act as anybody. */
  static AuthorizationPolicy administrators(Set<String> names) {
    Set<String> known = Set.copyOf(names);
    return (authenticationId, authorizationId) -> known.contains(authenticationId);
  }
}
