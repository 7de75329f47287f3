package org.posthorn.store;

import java.util.Objects;

/**
 * Who opens an account.
 *
 * @param account name of the account to open
 * @param authenticatedAs who proved to be there; differs from {@code account} when an authorization
 *     identity was asked for
 */
public record Identity(String account, String authenticatedAs, Role role) {
  public Identity {
    Objects.requireNonNull(account);
    Objects.requireNonNull(authenticatedAs);
    Objects.requireNonNull(role);
  }

  public static Identity owner(String account) {
    return new Identity(account, account, Role.OWNER);
  }

  public static Identity delivery(String account) {
    return new Identity(account, account, Role.DELIVERY);
  }
}
