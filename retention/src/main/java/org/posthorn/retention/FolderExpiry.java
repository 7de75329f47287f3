package org.posthorn.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Applies rules about folders to one account after the other. */
final class FolderExpiry {
  private static final Set<Item> ITEMS = Set.of(Item.SAVE_DATE, Item.INTERNAL_DATE);

  private final MailStore store;
  private final List<FolderRule> rules;
  private final Instant now;
  private final boolean dryRun;
  private final Consumer<RetentionEvent> events;

  FolderExpiry(
      MailStore store,
      List<FolderRule> rules,
      Instant now,
      boolean dryRun,
      Consumer<RetentionEvent> events) {
    this.store = store;
    this.rules = rules;
    this.now = now;
    this.dryRun = dryRun;
    this.events = events;
  }

  /** A folder that cannot be looked after keeps none of the others waiting. */
  void account(String name) {
    try (Account account = store.open(new Identity(name, "retention", Role.ADMIN))) {
      Namespaces namespaces = account.namespaces();
      for (MailboxInfo info : account.list(ListQuery.ALL)) {
        if (info.selectable() && isOwn(info, namespaces)) {
          folder(account, name, info);
        }
      }
    } catch (StoreException | RuntimeException e) {
      failed(name, Optional.empty(), e);
    }
  }

  /** What is gone needs no looking after. */
  private void failed(String name, Optional<MailboxName> folder, Exception why) {
    StoreException told = StoreException.of(why);
    if (told.code() != StoreException.Code.NONEXISTENT) {
      events.accept(new RetentionEvent.Failed(name, folder, told));
    }
  }

  /** Folders of others that are shared with this account are their owner's. */
  private static boolean isOwn(MailboxInfo info, Namespaces namespaces) {
    String name = info.name().toString();
    for (Namespaces.Namespace other : namespaces.otherUsers()) {
      if (name.startsWith(other.prefix())) {
        return false;
      }
    }
    for (Namespaces.Namespace shared : namespaces.shared()) {
      if (name.startsWith(shared.prefix())) {
        return false;
      }
    }
    return true;
  }

  private void folder(Account account, String name, MailboxInfo info) {
    AtomicLong removed = new AtomicLong();
    try {
      List<FolderRule> about = rules.stream().filter(rule -> rule.folders().test(info)).toList();
      if (!about.isEmpty()) {
        try (Mailbox mailbox = account.open(info.name(), dryRun ? Access.READ : Access.WRITE)) {
          remove(mailbox, about, removed);
        }
      }
    } catch (StoreException | RuntimeException e) {
      failed(name, Optional.of(info.name()), e);
    }
    // Also of what was removed before something failed.
    if (removed.get() > 0) {
      events.accept(new RetentionEvent.MessagesExpired(name, info.name(), removed.get(), dryRun));
    }
  }

  /** Page by page, so that neither memory nor a transaction grows with the folder. */
  private void remove(Mailbox mailbox, List<FolderRule> about, AtomicLong removed)
      throws StoreException {
    UidSet all = mailbox.snapshot().uids();
    long next = all.isEmpty() ? 0 : 1;
    while (next > 0) {
      UidSet rest = all.clamp(next, UidSet.MAX_UID);
      Page page = mailbox.list(rest, PageLimit.DEFAULT, ITEMS);
      UidSet old = old(page.rows(), about);
      if (!old.isEmpty()) {
        removed.addAndGet(
            dryRun ? old.size() : mailbox.remove(still(mailbox, old, about)).uids().size());
      }
      next = page.next();
    }
  }

  /** Who marks a message while its page is looked at wants to keep it. */
  private UidSet still(Mailbox mailbox, UidSet old, List<FolderRule> about) throws StoreException {
    if (about.stream().noneMatch(FolderRule::sparesFlagged)) {
      return old;
    }
    Page page = mailbox.list(old, PageLimit.DEFAULT, ITEMS);
    return old(page.rows(), about);
  }

  private UidSet old(List<Row> rows, List<FolderRule> about) {
    long[] uids = new long[rows.size()];
    int count = 0;
    for (Row row : rows) {
      if (about.stream().anyMatch(rule -> isOld(row, rule))) {
        uids[count++] = row.uid();
      }
    }
    return UidSet.ofSorted(uids, 0, count);
  }

  private boolean isOld(Row row, FolderRule rule) {
    Instant since = since(row, rule.since());
    boolean spared = rule.sparesFlagged() && row.flags().has(SystemFlag.FLAGGED);
    return since != null && since.isBefore(now.minus(rule.age())) && !spared;
  }

  private static @Nullable Instant since(Row row, FolderRule.Since wanted) {
    Instant saved = row.saveDate();
    if (wanted == FolderRule.Since.SAVED && saved != null) {
      return saved;
    }
    OffsetDateTime date = row.internalDate();
    return date == null ? null : date.toInstant();
  }
}
