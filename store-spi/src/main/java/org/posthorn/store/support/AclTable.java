package org.posthorn.store.support;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** The entries of all access control lists. Thread-safe; may block. */
public interface AclTable {
  /** The entries of one mailbox, a copy; mostly there are none. */
  SortedMap<String, Rights> entries(String owner, MailboxId mailbox) throws StoreException;

  /** Sets an entry, null to remove it. */
  void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
      throws StoreException;

  /** Accounts with entries for one of these identifiers, in any order, each once. */
  List<String> owners(List<String> identifiers) throws StoreException;

  /** The mailbox was deleted. */
  void forget(String owner, MailboxId mailbox) throws StoreException;

  /** The account was deleted: its mailboxes' entries, and those that name it. */
  void forget(String account) throws StoreException;
}
