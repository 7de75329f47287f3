package org.posthorn.store;

import java.util.List;

/**
 * The integrator's word on quotas. Asked with every growth of an account, so it answers from
 * memory; thread-safe. What was set through {@link Quotas#setLimits} goes before these limits.
 */
public interface QuotaPolicy {
  /** No limits, no shared roots; only {@link Role#ADMIN} sets limits. */
  QuotaPolicy NONE = new QuotaPolicy() {};

  /** The limits of one account. */
  default QuotaLimits account(String account) {
    return QuotaLimits.UNLIMITED;
  }

  /**
   * Shared roots that cover an account beside its own, one for each group it belongs to. Their
   * names do not begin with {@code user/}. The answer changes for an account only together with
   * {@link Quotas#recount}.
   */
  default List<String> sharedRoots(String account) {
    return List.of();
  }

  /** The limits of a shared root. */
  default QuotaLimits shared(String root) {
    return QuotaLimits.UNLIMITED;
  }

  /** Whether somebody may change the limits of a root. */
  default boolean maySet(Identity who, String root) {
    return who.role() == Role.ADMIN;
  }
}
