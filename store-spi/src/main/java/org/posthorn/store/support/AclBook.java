package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/**
 * Access control lists in memory, for a store that lives in one process; what changes is given to
 * the store to keep before it counts. Thread-safe.
 */
public final class AclBook implements AclTable {
  /** Keeps what changes. */
  public interface Keeper {
    /** For a store that keeps nothing. */
    Keeper NONE =
        new Keeper() {
          @Override
          public void put(
              String owner, MailboxId mailbox, String identifier, @Nullable Rights rights) {}

          @Override
          public void forget(String owner, MailboxId mailbox) {}

          @Override
          public void forget(String account) {}
        };

    void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
        throws StoreException;

    void forget(String owner, MailboxId mailbox) throws StoreException;

    void forget(String account) throws StoreException;
  }

  private final Keeper keeper;

  /** Held while something is kept; who looks up rights does not wait for that. */
  private final Object changing = new Object();

  private final Map<String, Map<MailboxId, TreeMap<String, Rights>>> owners = new HashMap<>();

  public AclBook(Keeper keeper) {
    this.keeper = keeper;
  }

  /** An entry that was kept, while the store is being opened. */
  public synchronized void found(
      String owner, MailboxId mailbox, String identifier, Rights rights) {
    owners
        .computeIfAbsent(owner, o -> new HashMap<>())
        .computeIfAbsent(mailbox, m -> new TreeMap<>())
        .put(identifier, rights);
  }

  @Override
  public synchronized SortedMap<String, Rights> entries(String owner, MailboxId mailbox) {
    Map<MailboxId, TreeMap<String, Rights>> mailboxes = owners.get(owner);
    SortedMap<String, Rights> entries = mailboxes == null ? null : mailboxes.get(mailbox);
    return entries == null ? Collections.emptySortedMap() : new TreeMap<>(entries);
  }

  @Override
  public void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
      throws StoreException {
    synchronized (changing) {
      keeper.put(owner, mailbox, identifier, rights);
      if (rights != null) {
        found(owner, mailbox, identifier, rights);
      } else {
        removed(owner, mailbox, identifier);
      }
    }
  }

  private synchronized void removed(String owner, MailboxId mailbox, String identifier) {
    Map<MailboxId, TreeMap<String, Rights>> mailboxes = owners.get(owner);
    TreeMap<String, Rights> entries = mailboxes == null ? null : mailboxes.get(mailbox);
    if (mailboxes != null && entries != null) {
      entries.remove(identifier);
      if (entries.isEmpty()) {
        mailboxes.remove(mailbox);
      }
    }
  }

  @Override
  public synchronized List<String> owners(List<String> identifiers) {
    List<String> found = new ArrayList<>();
    owners.forEach(
        (owner, mailboxes) -> {
          if (mailboxes.values().stream()
              .anyMatch(entries -> identifiers.stream().anyMatch(entries::containsKey))) {
            found.add(owner);
          }
        });
    return found;
  }

  @Override
  public void forget(String owner, MailboxId mailbox) throws StoreException {
    synchronized (changing) {
      if (!entries(owner, mailbox).isEmpty()) {
        keeper.forget(owner, mailbox);
        removed(owner, mailbox);
      }
    }
  }

  private synchronized void removed(String owner, MailboxId mailbox) {
    Map<MailboxId, TreeMap<String, Rights>> mailboxes = owners.get(owner);
    if (mailboxes != null) {
      mailboxes.remove(mailbox);
    }
  }

  @Override
  public void forget(String account) throws StoreException {
    synchronized (changing) {
      keeper.forget(account);
      removed(account);
    }
  }

  private synchronized void removed(String account) {
    owners.remove(account);
    for (Map<MailboxId, TreeMap<String, Rights>> mailboxes : owners.values()) {
      for (TreeMap<String, Rights> entries : mailboxes.values()) {
        entries.remove(account);
        entries.remove("-" + account);
      }
      mailboxes.values().removeIf(TreeMap::isEmpty);
    }
  }
}
