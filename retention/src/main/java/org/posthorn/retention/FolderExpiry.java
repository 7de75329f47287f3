package org.posthorn.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.NONEXISTENT) {
        events.accept(new RetentionEvent.Failed(name, Optional.empty(), e));
      }
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
    for (FolderRule rule : rules) {
      if (!rule.folders().test(info)) {
        continue;
      }
      try (Mailbox mailbox = account.open(info.name(), dryRun ? Access.READ : Access.WRITE)) {
        long removed = remove(mailbox, rule);
        if (removed > 0) {
          events.accept(new RetentionEvent.MessagesExpired(name, info.name(), removed, dryRun));
        }
      } catch (StoreException e) {
        if (e.code() != StoreException.Code.NONEXISTENT) {
          events.accept(new RetentionEvent.Failed(name, Optional.of(info.name()), e));
        }
      }
    }
  }

  /** Page by page, so that neither memory nor a transaction grows with the folder. */
  private long remove(Mailbox mailbox, FolderRule rule) throws StoreException {
    Instant before = now.minus(rule.age());
    UidSet all = mailbox.snapshot().uids();
    long removed = 0;
    long next = all.isEmpty() ? 0 : 1;
    while (next > 0) {
      UidSet rest = all.clamp(next, UidSet.MAX_UID);
      Page page = mailbox.list(rest, PageLimit.DEFAULT, Set.of(Item.SAVE_DATE, Item.INTERNAL_DATE));
      UidSet old = old(page.rows(), rule, before);
      if (!old.isEmpty()) {
        removed += dryRun ? old.size() : mailbox.remove(old).uids().size();
      }
      next = page.next();
    }
    return removed;
  }

  private static UidSet old(List<Row> rows, FolderRule rule, Instant before) {
    long[] uids = new long[rows.size()];
    int count = 0;
    for (Row row : rows) {
      Instant since = since(row, rule.since());
      boolean spared = rule.sparesFlagged() && row.flags().has(SystemFlag.FLAGGED);
      if (since != null && since.isBefore(before) && !spared) {
        uids[count++] = row.uid();
      }
    }
    return UidSet.ofSorted(uids, 0, count);
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
