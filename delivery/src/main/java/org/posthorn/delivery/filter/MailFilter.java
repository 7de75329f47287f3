package org.posthorn.delivery.filter;

import java.util.List;
import org.posthorn.store.StoreException;

/**
 * Decides what becomes of messages for one account: a {@link RuleFilter}, or an interpreter of a
 * filter language such as Sieve (RFC 5228). Thread-safe; may block.
 */
@FunctionalInterface
public interface MailFilter {
  /**
   * Decides about one message. A failure makes the sender try again.
   *
   * @return actions in any order; none is the same as {@link FilterAction.Keep}
   */
  List<FilterAction> decide(FilteredMessage message) throws StoreException;
}
