package org.posthorn.store.memory;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Restoration;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;
import org.posthorn.store.support.AclBook;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.SharedAcl;
import org.posthorn.store.support.SharedMetadata;
import org.posthorn.store.support.SharedUrlKeys;
import org.posthorn.store.support.Sharing;

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
  private final ConcurrentSkipListMap<String, AccountMail> accounts =
      new ConcurrentSkipListMap<>(CODE_POINT_ORDER);
  private final Directory directory = new Directory();
  private final AclBook acl = new AclBook(AclBook.Keeper.NONE);
  private final MemoryAttributes attributes = new MemoryAttributes(this::account);
  private final Sharing sharing = new Sharing(new Own(), acl);
  private final Map<Class<?>, Object> facets;

  private MemoryStore(Builder builder) {
    QuotaBook book = new QuotaBook(builder.quotas, directory::list, this::used);
    this.environment =
        new Environment(builder.clock, builder.limits, builder.lease, book, attributes);
    this.facets =
        Map.of(
            AccountDirectory.class,
            directory,
            AccountState.class,
            new Lives(accounts),
            Quotas.class,
            new BookedQuotas(book, new CountedAccounts()),
            Acl.class,
            new SharedAcl(sharing, attributes),
            Metadata.class,
            new SharedMetadata(sharing, attributes, builder.metadata),
            UrlKeys.class,
            new SharedUrlKeys(sharing, attributes),
            ObjectIds.class,
            new ObjectIds() {},
            Restoration.class,
            (Restoration) this::restore);
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
    AccountMail created = new AccountMail(name, environment);
    // One step for the quotas, which count all accounts there are when first asked.
    synchronized (environment.quotas()) {
      boolean added = accounts.putIfAbsent(name, created) == null;
      if (added) {
        environment.quotas().corrected(name, QuotaUse.NONE, created.used());
      }
      return added;
    }
  }

  /**
   * Octets of all message bodies, staged ones and those that only a reader still holds included.
   */
  public long bodyOctets() {
    return environment.memory().used();
  }

  private AccountMail account(String name) throws StoreException {
    AccountMail account = accounts.get(name);
    if (account == null) {
      throw new StoreException(StoreException.Code.NONEXISTENT, "No such account");
    }
    return account;
  }

  private Restoration.RestoreGroup restore(
      String account, MailboxInfo mailbox, long uidNext, long highestModSeq) throws StoreException {
    return MemoryRestoreGroup.begin(account(account), mailbox, uidNext, highestModSeq);
  }

  private QuotaUse used(String account) throws StoreException {
    return account(account).used();
  }

  @Override
  public Account open(Identity who) throws StoreException {
    return sharing.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    return facets.keySet();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  @Override
  public Set<Promise> promises() {
    return Set.of(Promise.ATOMIC_MOVE, Promise.EXACT_QUOTA);
  }

  /** Forgets everything. */
  @Override
  public void close() {
    accounts.clear();
  }

  private final class Own implements Sharing.Store {
    @Override
    public Account openOwn(Identity who) throws StoreException {
      return new MemoryAccount(who, account(who.account()));
    }

    @Override
    public boolean exists(String account) {
      return accounts.containsKey(account);
    }
  }

  private final class CountedAccounts implements BookedQuotas.Store {
    @Override
    public String owner(Identity who, MailboxName mailbox) throws StoreException {
      return account(Sharing.owner(who, mailbox)).name;
    }

    @Override
    public QuotaUse used(String account) throws StoreException {
      return MemoryStore.this.used(account);
    }

    @Override
    public void keepLimits(String root, QuotaLimits limits) {}

    @Override
    public QuotaUse recount(String account) throws StoreException {
      return account(account).recount();
    }
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
      AccountMail known = accounts.get(account);
      if (known == null || !known.delete()) {
        return false;
      }
      accounts.remove(account, known);
      acl.forget(account);
      attributes.forget(account);
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
    private QuotaPolicy quotas = QuotaPolicy.NONE;
    private Metadata.Limits metadata = Metadata.Limits.DEFAULTS;

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
      return new MemoryStore(this);
    }
  }
}
