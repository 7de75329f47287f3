package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.QuotaCharge;

/** What the handles of one account share with each other and with the store. Thread-safe. */
final class AccountMail {
  final String account;
  final Parts parts;

  AccountMail(String account, Parts parts) {
    this.account = account;
    this.parts = parts;
  }

  /** The pieces of a store. */
  record Parts(
      Cql cql,
      Settings settings,
      Boxes boxes,
      Accounts accounts,
      Cuts cuts,
      History history,
      Threads threads,
      Hints hints,
      Leases leases,
      QuotaBook quotas,
      Uses uses,
      SharedUses shared,
      CassandraAttributes attributes) {
    Messages messages() {
      return boxes.messages;
    }
  }

  interface Charged<T> {
    T run() throws StoreException;
  }

  Tree tree() throws StoreException {
    return parts.accounts.tree(account);
  }

  boolean isOf(AccountMail other) {
    return account.equals(other.account) && parts.equals(other.parts);
  }

  /** The head of a mailbox and what it has, at one moment. */
  record View(Box box, Cut cut) {}

  View view(String mailbox) throws StoreException {
    for (int i = 0; i < 100; i++) {
      Cut known = parts.cuts.last(mailbox);
      Box box = parts.boxes.quiet(mailbox);
      Cut cut = parts.cuts.at(box, known);
      if (cut != null) {
        return new View(box, cut);
      }
    }
    throw new StoreException(Code.UNAVAILABLE, "the mailbox changes too fast");
  }

  /** A mailbox as it is called now; as it was where it was deleted. */
  MailboxInfo info(String mailbox, @Nullable MailboxInfo last) throws StoreException {
    Tree tree = tree();
    MailboxName name =
        last != null && tree.isSelectable(last.name()) && isAt(tree, last.name(), mailbox)
            ? last.name()
            : tree.nameOf(mailbox);
    if (name != null) {
      return tree.info(name);
    }
    if (last == null) {
      throw Boxes.nonexistent();
    }
    return last;
  }

  private static boolean isAt(Tree tree, MailboxName name, String mailbox) {
    MailboxId id = tree.info(name).id();
    return id != null && id.value().equals(mailbox);
  }

  /** A mailbox was changed. Where its name is not known the next poll tells by the name, too. */
  void hint(String mailbox) {
    UUID seen = parts.boxes.seen(mailbox);
    Tree tree = parts.accounts.known(account);
    MailboxName name = tree == null ? null : tree.nameOf(mailbox);
    parts.hints.tell(account, new MailboxId(mailbox), name == null ? MailboxName.INBOX : name);
    if (seen != null && name != null) {
      parts.boxes.told(mailbox, seen);
    }
  }

  /** Refuses what would not fit, and reserves nothing. */
  void checkRoom(QuotaUse more) throws StoreException {
    if (parts.quotas.concerns(account)) {
      parts.quotas.check(account, parts.uses.of(account), more);
    }
  }

  /**
   * Runs a change of what the account uses. Within this process one at a time where there are
   * limits, also among those who share a root; what other servers do in the same moment is not
   * seen.
   */
  <T> T charged(QuotaUse change, Charged<T> work) throws StoreException {
    if (!parts.quotas.concerns(account)) {
      return work.run();
    }
    List<String> turns = new ArrayList<>(List.of(account));
    for (String root : parts.quotas.sharedRoots(account)) {
      // Account names have no line end.
      turns.add("root\n" + root);
    }
    Turns.Turn turn = parts.accounts.turn(turns.toArray(new String[0]));
    try {
      return chargedInTurn(change, work);
    } finally {
      turn.end();
    }
  }

  private <T> T chargedInTurn(QuotaUse change, Charged<T> work) throws StoreException {
    QuotaUse used = parts.uses.of(account);
    parts.quotas.check(account, used, change);
    try (QuotaCharge charge = parts.quotas.charge(account, used, change)) {
      T result = work.run();
      charge.commit();
      return result;
    } finally {
      parts.shared.changed(account);
    }
  }

  /** What is used changed, and nobody may refuse that. */
  void recounted() {
    parts.shared.changed(account);
  }
}
