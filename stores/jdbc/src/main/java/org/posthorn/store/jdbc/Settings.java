package org.posthorn.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaPolicy;

/** What a store was told; each is explained at its method of {@link JdbcOptions}. */
record Settings(
    Clock clock,
    int openAccounts,
    long messageOctets,
    int mailboxes,
    int keywords,
    int vanishedRanges,
    Duration vanishedAge,
    int accountChanges,
    Duration exclusiveLease,
    QuotaPolicy quotas,
    Metadata.Limits metadata,
    Duration freeAfter,
    Compression compression) {
  /** Seconds since 1970. */
  long now() {
    return clock.instant().getEpochSecond();
  }
}
