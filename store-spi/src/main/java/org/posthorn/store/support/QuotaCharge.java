package org.posthorn.store.support;

import java.util.List;
import org.posthorn.store.QuotaUse;

/** A change that was reserved in shared roots; settled once, or closed and thereby taken back. */
public final class QuotaCharge implements AutoCloseable {
  private final QuotaBook book;
  private final List<String> roots;
  private final QuotaUse change;
  private boolean settled;

  QuotaCharge(QuotaBook book, List<String> roots, QuotaUse change) {
    this.book = book;
    this.roots = roots;
    this.change = change;
  }

  /** What the change gives back is there for others only now. */
  public void commit() {
    settle(change.minus(QuotaBook.growth(change)));
  }

  @Override
  public void close() {
    settle(QuotaUse.NONE.minus(QuotaBook.growth(change)));
  }

  private void settle(QuotaUse difference) {
    if (!settled) {
      settled = true;
      if (!roots.isEmpty()) {
        book.add(roots, difference);
      }
    }
  }
}
