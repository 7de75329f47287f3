package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaPolicy;

/**
 * What a {@link SqliteStore} was told; each is explained at its method of {@link
 * SqliteStore.Builder}.
 */
record Settings(
    Path directory,
    Clock clock,
    int openAccounts,
    int readersPerAccount,
    long messageOctets,
    long accountOctets,
    int mailboxes,
    int keywords,
    int vanishedRanges,
    Duration vanishedAge,
    int accountChanges,
    Duration exclusiveLease,
    QuotaPolicy quotas,
    Metadata.Limits metadata) {}
