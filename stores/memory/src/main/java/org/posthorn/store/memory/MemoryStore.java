package org.posthorn.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Metadata;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.StoreException;

/**
 * Keeps mail in memory: the reference of what a store owes, and the store of tests. What it holds
 * is gone with it. Thread-safe.
 */
public final class MemoryStore implements MailStore {
  private final @Nullable Builder options;
  private final List<String> initial;

  // Made at the first use: a server with this store is to greet at once.
  private volatile @Nullable MemoryAccounts accounts;

  /**
   * @param options null for the defaults
   */
  private MemoryStore(@Nullable Builder options, List<String> initial) {
    this.options = options;
    this.initial = initial;
  }

  /** A store with these accounts, each with an empty INBOX, and defaults for all else. */
  public static MemoryStore withAccounts(String... names) {
    return new MemoryStore(null, List.of(names));
  }

  public static Builder builder() {
    return new Builder();
  }

  private MemoryAccounts accounts() {
    MemoryAccounts known = accounts;
    return known == null ? make() : known;
  }

  private synchronized MemoryAccounts make() {
    MemoryAccounts known = accounts;
    if (known == null) {
      known = new MemoryAccounts(options == null ? builder() : options);
      for (String name : initial) {
        known.create(name);
      }
      accounts = known;
    }
    return known;
  }

  /**
   * Creates an account that has an empty INBOX and nothing else; false when it is there already.
   */
  public boolean createAccount(String name) {
    return accounts().create(name);
  }

  /**
   * Octets of all message bodies, staged ones and those that only a reader still holds included.
   */
  public long bodyOctets() {
    return accounts().bodyOctets();
  }

  @Override
  public Account open(Identity who) throws StoreException {
    return accounts().open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    return accounts().facets();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return accounts().facet(type);
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public Set<Promise> promises() {
    return Set.of(
        Promise.ATOMIC_MOVE,
        Promise.EXACT_QUOTA,
        Promise.ATOMIC_RESTORE,
        Promise.HINTS_ALL,
        Promise.HELD_BODIES);
  }

  /** Forgets everything. */
  @Override
  public void close() {
    accounts().forgetAll();
  }

  /** Options of a {@link MemoryStore}. */
  public static final class Builder {
    Clock clock = Clock.systemUTC();
    MemoryLimits limits = MemoryLimits.DEFAULTS;
    Duration lease = Duration.ofMinutes(15);
    QuotaPolicy quotas = QuotaPolicy.NONE;
    Metadata.Limits metadata = Metadata.Limits.DEFAULTS;

    private Builder() {}

    private Builder(Builder other) {
      clock = other.clock;
      limits = other.limits;
      lease = other.lease;
      quotas = other.quotas;
      metadata = other.metadata;
    }

    /** Gives internal and save dates, UIDVALIDITY and the time of leases. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    public Builder limits(MemoryLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /**
     * How long a mailbox stays with an EXCLUSIVE holder that makes no call; 15 minutes unless set,
     * which is more than the 10 that RFC 1939 leaves a silent client.
     */
    public Builder lease(Duration duration) {
      lease = duration;
      return this;
    }

    /** How much metadata is kept. */
    public Builder metadata(Metadata.Limits limits) {
      metadata = limits;
      return this;
    }

    /** Limits of accounts; none unless set. */
    public Builder quotas(QuotaPolicy policy) {
      quotas = policy;
      return this;
    }

    public MemoryStore build() {
      return new MemoryStore(new Builder(this), List.of());
    }
  }
}
