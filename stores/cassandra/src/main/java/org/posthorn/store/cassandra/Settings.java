package org.posthorn.store.cassandra;

import java.time.Clock;
import java.time.Duration;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaPolicy;

/** What a store was told; each is explained at its method of {@link CassandraOptions}. */
record Settings(
    Clock clock,
    long messageOctets,
    int mailboxes,
    int keywords,
    Duration history,
    int accountChanges,
    Duration exclusiveLease,
    Duration freeAfter,
    int sectionUids,
    QuotaPolicy quotas,
    Metadata.Limits metadata) {
  long millis() {
    return clock.millis();
  }

  long historyMillis() {
    return history.toMillis();
  }

  /** Rows of history live longer than anybody is told of them. */
  int historySeconds() {
    return (int) Math.min(630_000_000L, history.toSeconds() * 5 / 4 + 3_600);
  }
}
