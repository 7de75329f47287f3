package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The facet for a store that keeps a {@link QuotaBook}. Thread-safe. */
public final class BookedQuotas implements Quotas {
  /** What the store adds. */
  public interface Store {
    /**
     * The account that owns a mailbox or would own it.
     *
     * @throws StoreException NONEXISTENT, NO_PERMISSION
     */
    String owner(Identity who, MailboxName mailbox) throws StoreException;

    /** What the account uses. */
    QuotaUse used(String account) throws StoreException;

    /** Keeps limits that were set. */
    void keepLimits(String root, QuotaLimits limits) throws StoreException;

    /**
     * Counts from the messages while nobody else changes the account, corrects its own figures, and
     * tells {@link QuotaBook#corrected}; gives by how much they were wrong.
     */
    QuotaUse recount(String account) throws StoreException;
  }

  private final QuotaBook book;
  private final Store store;

  public BookedQuotas(QuotaBook book, Store store) {
    this.book = book;
    this.store = store;
  }

  @Override
  public List<String> rootsOf(Identity who, MailboxName mailbox) throws StoreException {
    String owner = store.owner(who, mailbox);
    List<String> roots = new ArrayList<>();
    if (owner.equals(who.account())) {
      roots.add(QuotaRoot.ofAccount(owner));
    }
    List<String> visible = book.sharedRoots(who.account());
    for (String root : book.sharedRoots(owner)) {
      if (visible.contains(root)) {
        roots.add(root);
      }
    }
    return roots;
  }

  @Override
  public QuotaRoot root(Identity who, String root) throws StoreException {
    QuotaUse used;
    if (QuotaRoot.isOfAccount(root)) {
      String account = QuotaRoot.account(root);
      if (!account.equals(who.account()) && who.role() != Role.ADMIN) {
        throw refused();
      }
      used = store.used(account);
    } else {
      if (!book.sharedRoots(who.account()).contains(root)) {
        throw who.role() == Role.ADMIN
            ? new StoreException(Code.NONEXISTENT, "no such quota root")
            : refused();
      }
      used = book.total(root);
    }
    return new QuotaRoot(root, used, book.limits(root));
  }

  @Override
  public QuotaRoot setLimits(Identity who, String root, QuotaLimits limits) throws StoreException {
    QuotaRoot before = root(who, root);
    if (!book.policy().maySet(who, root)) {
      throw refused();
    }
    store.keepLimits(root, limits);
    book.limitsWereSet(root, limits);
    return new QuotaRoot(root, before.used(), limits);
  }

  @Override
  public void check(String account, QuotaUse more) throws StoreException {
    QuotaUse used = store.used(account);
    book.check(account, used, more);
  }

  @Override
  public QuotaUse recount(String account) throws StoreException {
    return store.recount(account);
  }

  private static StoreException refused() {
    return new StoreException(Code.NO_PERMISSION, "this quota root is not yours");
  }
}
