package org.posthorn.examples;

import java.util.Map;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;

/** Makes accounts with the folders that they begin with. Thread-safe. */
final class Accounts {
  private final MailStore store;
  private final Map<String, SpecialUse> folders;
  private final AccountDirectory directory;

  Accounts(MailStore store, Map<String, SpecialUse> folders) {
    this.store = store;
    this.folders = folders;
    this.directory =
        store
            .facet(AccountDirectory.class)
            .orElseThrow(() -> new IllegalArgumentException("the store has no accounts to create"));
  }

  /** Creates the account unless it is there. */
  void ensure(String name) throws StoreException {
    if (!directory.create(name)) {
      return;
    }
    try (Account account = store.open(Identity.owner(name))) {
      account.subscribe(MailboxName.INBOX);
      for (Map.Entry<String, SpecialUse> folder : folders.entrySet()) {
        MailboxName mailbox = MailboxName.of(folder.getKey());
        account.create(mailbox, Set.of(folder.getValue()));
        account.subscribe(mailbox);
      }
    }
  }
}
