package org.posthorn.delivery.report;

import java.util.List;
import org.posthorn.delivery.Dispatch;
import org.posthorn.store.StoreException;

/**
 * Tells a sender what became of a message. Never asked about mail with the null reverse-path, nor
 * for what nobody wants to hear. Thread-safe; may block.
 */
@FunctionalInterface
public interface StatusReporter {
  /**
   * Reports; when this returns the report is durably on its way.
   *
   * @param message as it came, readable until this returns
   * @param statuses at least one
   */
  void report(Dispatch message, List<RecipientStatus> statuses) throws StoreException;
}
