package org.posthorn.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.support.QuotaCharge;

/** What one transaction has reserved in shared quota roots; taken back unless it commits. */
final class PendingCharges implements AutoCloseable {
  private final List<QuotaCharge> charges = new ArrayList<>(0);
  private QuotaUse asked = QuotaUse.NONE;

  void add(QuotaCharge charge) {
    charges.add(charge);
  }

  /** Takes note of a change that limits may refuse, whoever keeps them. */
  void ask(QuotaUse change) {
    asked = asked.plus(change);
  }

  /** All that limits may refuse. */
  QuotaUse asked() {
    return asked;
  }

  void commit() {
    charges.forEach(QuotaCharge::commit);
  }

  @Override
  public void close() {
    charges.forEach(QuotaCharge::close);
  }
}
