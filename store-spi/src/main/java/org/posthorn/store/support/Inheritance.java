package org.posthorn.store.support;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The entries that new mailboxes get: those of the nearest superior (RFC 4314 section 4). */
record Inheritance(
    Sharing sharing,
    Account account,
    String owner,
    int existingDepth,
    SortedMap<String, Rights> entries) {
  static Inheritance of(
      Sharing sharing, Identity who, Account account, String owner, MailboxName name)
      throws StoreException {
    MailboxName superior = name.parent();
    while (superior != null) {
      MailboxId id = idOf(account, superior);
      if (id != null) {
        Sharing.require(sharing.rights(who, owner, id), Right.CREATE);
        return new Inheritance(
            sharing, account, owner, superior.depth(), sharing.acl().entries(owner, id));
      }
      superior = superior.parent();
    }
    if (!owner.equals(who.account())) {
      throw new StoreException(Code.NO_PERMISSION, "you have no right to create that");
    }
    return new Inheritance(sharing, account, owner, 0, new TreeMap<>());
  }

  private static @Nullable MailboxId idOf(Account account, MailboxName name) throws StoreException {
    try {
      return account.status(name, Set.of()).mailbox().id();
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.CANNOT) {
        return null;
      }
      throw e;
    }
  }

  void applyToSuperiors(MailboxName created) throws StoreException {
    MailboxName superior = created.parent();
    if (superior != null && superior.depth() > existingDepth) {
      apply(superior);
    }
  }

  void apply(MailboxName created) throws StoreException {
    if (entries.isEmpty()) {
      return;
    }
    for (MailboxName name = created;
        name != null && name.depth() > existingDepth;
        name = name.parent()) {
      MailboxId id = idOf(account, name);
      for (Map.Entry<String, Rights> entry : entries.entrySet()) {
        if (id != null) {
          sharing.acl().put(owner, id, entry.getKey(), entry.getValue());
        }
      }
    }
  }
}
