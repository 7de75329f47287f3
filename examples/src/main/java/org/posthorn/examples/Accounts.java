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

/** Makes accounts with the folders that mail programs look for. Thread-safe. */
final class Accounts {
  private static final Map<String, SpecialUse> FOLDERS =
      Map.of(
          "Archive", SpecialUse.ARCHIVE,
          "Drafts", SpecialUse.DRAFTS,
          "Junk", SpecialUse.JUNK,
          "Sent", SpecialUse.SENT,
          "Trash", SpecialUse.TRASH);

  private final MailStore store;
  private final AccountDirectory directory;

  Accounts(MailStore store) {
    this.store = store;
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
      for (Map.Entry<String, SpecialUse> folder : FOLDERS.entrySet()) {
        MailboxName mailbox = MailboxName.of(folder.getKey());
        account.create(mailbox, Set.of(folder.getValue()));
        account.subscribe(mailbox);
      }
    }
  }
}
