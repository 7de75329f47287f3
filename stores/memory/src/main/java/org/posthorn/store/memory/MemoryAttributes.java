package org.posthorn.store.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AttributeTable;
import org.posthorn.store.support.Place;

/** Attributes of mailboxes and accounts. Thread-safe. */
final class MemoryAttributes implements AttributeTable {
  /** Finds an account to give hints in. */
  interface Accounts {
    AccountMail get(String account) throws StoreException;
  }

  private final Accounts accounts;
  private final Map<String, Map<String, SortedMap<String, byte[]>>> all = new HashMap<>();

  MemoryAttributes(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public synchronized SortedMap<String, byte[]> get(String account, String object) {
    SortedMap<String, byte[]> found = all.getOrDefault(account, Map.of()).get(object);
    return found == null ? new TreeMap<>() : new TreeMap<>(found);
  }

  @Override
  public synchronized void change(String account, String object, Change change)
      throws StoreException {
    SortedMap<String, byte[]> changed = get(account, object);
    change.apply(changed);
    Map<String, SortedMap<String, byte[]>> objects =
        all.computeIfAbsent(account, a -> new HashMap<>());
    if (changed.isEmpty()) {
      objects.remove(object);
    } else {
      objects.put(object, changed);
    }
  }

  @Override
  public synchronized void removeAll(String account, String name) {
    for (SortedMap<String, byte[]> attributes : all.getOrDefault(account, Map.of()).values()) {
      attributes.remove(name);
    }
  }

  /** The mailbox was deleted. */
  synchronized void forget(String account, String object) {
    all.getOrDefault(account, new HashMap<>()).remove(object);
  }

  /** The account was deleted. */
  synchronized void forget(String account) {
    all.remove(account);
  }

  @Override
  public void hint(Place mailbox) throws StoreException {
    AccountMail account = accounts.get(mailbox.owner());
    account.change(
        touched -> {
          touched.add(account.tree.mailbox(mailbox.name()));
          return true;
        });
  }
}
