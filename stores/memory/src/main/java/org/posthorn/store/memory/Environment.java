package org.posthorn.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.posthorn.store.MailboxId;
import org.posthorn.store.support.QuotaBook;

/** What all accounts of a store share. Thread-safe. */
final class Environment {
  private static final long MAX_UID_VALIDITY = 0xffff_ffffL;

  /** So that ids of two stores made at one moment differ. */
  private static final AtomicInteger STORES = new AtomicInteger();

  private final Clock clock;
  private final MemoryLimits limits;
  private final Duration lease;
  private final BodyMemory memory;
  private final QuotaBook quotas;
  private final MemoryAttributes attributes;
  private final String idPrefix;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong uidValidity = new AtomicLong();

  Environment(
      Clock clock,
      MemoryLimits limits,
      Duration lease,
      QuotaBook quotas,
      MemoryAttributes attributes) {
    this.quotas = quotas;
    this.attributes = attributes;
    this.clock = clock;
    this.limits = limits;
    this.lease = lease;
    this.memory = new BodyMemory(limits.bodyOctets());
    this.idPrefix =
        Long.toString(clock.millis(), Character.MAX_RADIX)
            + "-"
            + Integer.toString(STORES.incrementAndGet(), Character.MAX_RADIX)
            + "-";
  }

  Clock clock() {
    return clock;
  }

  MemoryLimits limits() {
    return limits;
  }

  /** How long an EXCLUSIVE mailbox stays with a holder that does nothing. */
  Duration lease() {
    return lease;
  }

  MemoryAttributes attributes() {
    return attributes;
  }

  QuotaBook quotas() {
    return quotas;
  }

  BodyMemory memory() {
    return memory;
  }

  /** Seconds since 1970, or the next number where several mailboxes are made in one second. */
  long nextUidValidity() {
    long now = Math.min(clock.millis() / 1000, MAX_UID_VALIDITY);
    return uidValidity.updateAndGet(last -> Math.max(last + 1, now));
  }

  MailboxId nextMailboxId() {
    return new MailboxId("F" + idPrefix + ids.incrementAndGet());
  }

  String nextThreadId() {
    return "T" + idPrefix + ids.incrementAndGet();
  }

  String nextEmailId() {
    return "M" + idPrefix + ids.incrementAndGet();
  }
}
