package org.posthorn.store.memory;

import java.nio.charset.StandardCharsets;
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
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.QuotaLimits;
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

/** The accounts of a store, and the facets over them. Thread-safe. */
final class MemoryAccounts {
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

  MemoryAccounts(MemoryStore.Builder builder) {
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

  /**
   * Creates an account that has an empty INBOX and nothing else; false when it is there already.
   */
  boolean create(String name) {
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

  Account open(Identity who) throws StoreException {
    return sharing.open(who);
  }

  Set<Class<?>> facets() {
    return facets.keySet();
  }

  <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  long bodyOctets() {
    return environment.memory().used();
  }

  void forgetAll() {
    accounts.clear();
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
      return MemoryAccounts.this.used(account);
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
      return MemoryAccounts.this.create(account);
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
}
