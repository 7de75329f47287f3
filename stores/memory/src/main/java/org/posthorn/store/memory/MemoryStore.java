package org.posthorn.store.memory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;

/**
 * Keeps mail in memory: the reference of what a store owes, and the store of tests. What it holds
 * is gone with it. Thread-safe.
 */
public final class MemoryStore implements MailStore {
  /** Code point order is that of UTF-8. */
  private static final Comparator<String> CODE_POINT_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final Environment environment;
  private final ConcurrentSkipListMap<String, AccountState> accounts =
      new ConcurrentSkipListMap<>(CODE_POINT_ORDER);
  private final AccountDirectory directory = new Directory();

  private MemoryStore(Builder builder) {
    this.environment = new Environment(builder.clock, builder.limits, builder.lease);
  }

  /** A store with these accounts, each with an empty INBOX, and defaults for all else. */
  public static MemoryStore withAccounts(String... names) {
    MemoryStore store = builder().build();
    for (String name : names) {
      store.createAccount(name);
    }
    return store;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates an account that has an empty INBOX and nothing else; false when it is there already.
   */
  public boolean createAccount(String name) {
    return accounts.putIfAbsent(name, new AccountState(environment)) == null;
  }

  /**
   * Octets of all message bodies, staged ones and those that only a reader still holds included.
   */
  public long bodyOctets() {
    return environment.memory().used();
  }

  @Override
  public Account open(Identity who) throws StoreException {
    AccountState account = accounts.get(who.account());
    if (account == null) {
      throw new StoreException(StoreException.Code.NONEXISTENT, "No such account");
    }
    return new MemoryAccount(who, account);
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(AccountDirectory.class);
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return type == AccountDirectory.class ? Optional.of(type.cast(directory)) : Optional.empty();
  }

  @Override
  public Set<Promise> promises() {
    return Set.of(Promise.ATOMIC_MOVE);
  }

  /** Forgets everything. */
  @Override
  public void close() {
    accounts.clear();
  }

  private final class Directory implements AccountDirectory {
    @Override
    public boolean exists(String account) {
      return accounts.containsKey(account);
    }

    @Override
    public boolean create(String account) {
      return createAccount(account);
    }

    @Override
    public boolean delete(String account) throws StoreException {
      AccountState removed = accounts.remove(account);
      if (removed == null) {
        return false;
      }
      removed.delete();
      return true;
    }

    @Override
    public List<String> list(String after, int max) {
      return accounts.tailMap(after, false).keySet().stream().limit(max).toList();
    }
  }

  /** Options of a {@link MemoryStore}. */
  public static final class Builder {
    private Clock clock = Clock.systemUTC();
    private MemoryLimits limits = MemoryLimits.DEFAULTS;
    private Duration lease = Duration.ofMinutes(15);

    private Builder() {}

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

    public MemoryStore build() {
      return new MemoryStore(this);
    }
  }
}
