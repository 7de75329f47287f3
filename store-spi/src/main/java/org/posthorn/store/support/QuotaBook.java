package org.posthorn.store.support;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The limits of all roots and what is used of the shared ones, for a store that lives in one
 * process. What an account uses is the store's to count; growth is reserved here before it is
 * committed, so that a limit holds at every moment. Thread-safe.
 */
public final class QuotaBook {
  /** Counts what an account uses now; neither waits for a writer nor calls this book. */
  public interface Counter {
    QuotaUse used(String account) throws StoreException;
  }

  /** The accounts there are, for the first look at a shared root. */
  public interface Accounts {
    List<String> list(String after, int max) throws StoreException;
  }

  /** What is used of shared roots, where the store keeps it for several processes. Thread-safe. */
  public interface Totals {
    QuotaUse total(String root) throws StoreException;
  }

  private static final int PAGE = 1_000;

  private final QuotaPolicy policy;
  private final Accounts accounts;
  private final Counter counter;
  private final Map<String, QuotaLimits> set = new ConcurrentHashMap<>();
  private final Map<String, List<String>> memberships = new ConcurrentHashMap<>();

  /** Guarded by this, as is all that follows from it. */
  private final Map<String, QuotaUse> shared = new HashMap<>();

  private volatile @Nullable Totals kept;

  public QuotaBook(QuotaPolicy policy, Accounts accounts, Counter counter) {
    this.policy = policy;
    this.accounts = accounts;
    this.counter = counter;
  }

  /**
   * From now on shared roots are not counted here: the store itself reserves growth in them, within
   * its transactions. Told before first use.
   */
  public void sharedRootsAreKept(Totals totals) {
    kept = totals;
  }

  public QuotaPolicy policy() {
    return policy;
  }

  /** Limits that were set and kept, as they are found or changed. */
  public void limitsWereSet(String root, QuotaLimits limits) {
    set.put(root, limits);
  }

  /** What the policy says is in force again. */
  public void limitsWereForgotten(String root) {
    set.remove(root);
  }

  /** All limits that were set and kept, and no others. */
  public void limitsAre(Map<String, QuotaLimits> all) {
    set.keySet().retainAll(all.keySet());
    set.putAll(all);
  }

  public QuotaLimits limits(String root) {
    QuotaLimits own = set.get(root);
    if (own != null) {
      return own;
    }
    return QuotaRoot.isOfAccount(root)
        ? policy.account(QuotaRoot.account(root))
        : policy.shared(root);
  }

  /** The shared roots of an account. */
  public List<String> sharedRoots(String account) {
    return memberships.computeIfAbsent(account, a -> List.copyOf(policy.sharedRoots(a)));
  }

  /** Whether anything limits or counts this account, so that its use need be known. */
  public boolean concerns(String account) {
    return !limits(QuotaRoot.ofAccount(account)).limits().isEmpty()
        || !sharedRoots(account).isEmpty();
  }

  /**
   * Refuses what would not fit, and reserves nothing.
   *
   * @param used what the account uses now
   */
  public void check(String account, QuotaUse used, QuotaUse more) throws StoreException {
    check(account, used, more, List.of());
  }

  /**
   * As {@link #check(String, QuotaUse, QuotaUse)}.
   *
   * @param even shared roots that do not grow, since as much goes from another member
   */
  public void check(String account, QuotaUse used, QuotaUse more, List<String> even)
      throws StoreException {
    refuseBeyond(QuotaRoot.ofAccount(account), used, more);
    for (String root : sharedRoots(account)) {
      if (!even.contains(root)) {
        refuseBeyond(root, total(root), more);
      }
    }
  }

  /**
   * As check, and reserves growth in the shared roots until the charge is settled.
   *
   * @param used what the account uses now, which nobody else changes meanwhile
   * @param change what is to be added; negative figures give back
   */
  public QuotaCharge charge(String account, QuotaUse used, QuotaUse change) throws StoreException {
    return charge(account, used, change, List.of());
  }

  /**
   * As {@link #charge(String, QuotaUse, QuotaUse)}.
   *
   * @param even shared roots that refuse nothing, since as much is about to go from another member
   */
  public QuotaCharge charge(String account, QuotaUse used, QuotaUse change, List<String> even)
      throws StoreException {
    refuseBeyond(QuotaRoot.ofAccount(account), used, change);
    List<String> roots = kept == null ? sharedRoots(account) : List.of();
    if (!roots.isEmpty()) {
      synchronized (this) {
        for (String root : roots) {
          QuotaUse total = counted(root);
          if (!even.contains(root)) {
            refuseBeyond(root, total, change);
          }
        }
        add(roots, growth(change));
      }
    }
    return new QuotaCharge(this, roots, change);
  }

  /**
   * As charge, of what nobody refuses: it counts from now on, unless the charge is closed without a
   * commit.
   */
  public QuotaCharge chargeUnasked(String account, QuotaUse change) {
    List<String> roots = kept == null ? sharedRoots(account) : List.of();
    add(roots, growth(change));
    return new QuotaCharge(this, roots, change);
  }

  /** An account came, went, or was counted anew; nobody refuses that. */
  public synchronized void corrected(String account, QuotaUse before, QuotaUse after) {
    List<String> old = sharedRoots(account);
    memberships.remove(account);
    add(old, QuotaUse.NONE.minus(before));
    add(sharedRoots(account), after);
  }

  /** What is used of a shared root. */
  public QuotaUse total(String root) throws StoreException {
    Totals elsewhere = kept;
    // Who asks a database makes nobody wait.
    return elsewhere == null ? counted(root) : elsewhere.total(root);
  }

  private synchronized QuotaUse counted(String root) throws StoreException {
    QuotaUse known = shared.get(root);
    if (known != null) {
      return known;
    }
    QuotaUse counted = QuotaUse.NONE;
    String last = "";
    List<String> page;
    do {
      page = accounts.list(last, PAGE);
      for (String account : page) {
        if (sharedRoots(account).contains(root)) {
          counted = counted.plus(counter.used(account));
        }
        last = account;
      }
    } while (page.size() == PAGE);
    shared.put(root, counted);
    return counted;
  }

  /** Roots that nobody looked at yet are counted when somebody does. */
  synchronized void add(List<String> roots, QuotaUse change) {
    for (String root : roots) {
      shared.computeIfPresent(root, (name, used) -> used.plus(change));
    }
  }

  static QuotaUse growth(QuotaUse change) {
    return new QuotaUse(
        Math.max(0, change.storage()),
        Math.max(0, change.messages()),
        Math.max(0, change.mailboxes()));
  }

  private void refuseBeyond(String root, QuotaUse used, QuotaUse more) throws StoreException {
    @Nullable QuotaResource exceeded = limits(root).exceededBy(used, more);
    if (exceeded != null) {
      throw new StoreException(
          Code.OVER_QUOTA, "the " + exceeded + " quota of " + root + " would be exceeded");
    }
  }
}
