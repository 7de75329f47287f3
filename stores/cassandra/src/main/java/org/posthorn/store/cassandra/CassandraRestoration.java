package org.posthorn.store.cassandra;

import java.util.List;
import java.util.UUID;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Restoration;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Puts mailboxes back as they were. */
final class CassandraRestoration implements Restoration {
  private final AccountMail.Parts parts;

  CassandraRestoration(AccountMail.Parts parts) {
    this.parts = parts;
  }

  @Override
  public RestoreGroup begin(String account, MailboxInfo info, long uidNext, long highestModSeq)
      throws StoreException {
    AccountMail mail = new AccountMail(account, parts);
    MailboxId id = info.id();
    if (id == null) {
      throw new StoreException(Code.CANNOT, "the mailbox has no identity");
    }
    parts.accounts().bury(mail.tree());
    checkIdentity(mail.tree(), info.name(), id);
    Box box = new Box(id.value(), account, Ids.token());
    box.uidNext = uidNext;
    box.modSeq = highestModSeq;
    // Changes before are not known.
    box.historyFloor = highestModSeq;
    box.recentFrom = uidNext;
    empty(box);
    MailboxName name = info.name();
    Tree after =
        parts
            .accounts()
            .change(
                account,
                edit -> {
                  checkIdentity(edit.before, name, id);
                  edit.createSuperiors(name);
                  edit.restore(name, id, info.uidValidity(), info.specialUse());
                  return edit;
                })
            .after();
    parts.accounts().bury(after);
    parts.shared().changed(account);
    mail.hint(id.value());
    return new CassandraRestoreGroup(mail, id.value(), uidNext, highestModSeq);
  }

  private static void checkIdentity(Tree tree, MailboxName name, MailboxId id)
      throws StoreException {
    MailboxName other = tree.nameOf(id.value());
    if (other != null && !other.equals(name)) {
      throw taken();
    }
  }

  private static StoreException taken() {
    return new StoreException(Code.ALREADY_EXISTS, "another mailbox has that identity");
  }

  /** The partition of a mailbox as it is to begin, whatever is there now. */
  private void empty(Box wanted) throws StoreException {
    Boxes boxes = parts.boxes();
    Box there = boxes.decided(wanted.id);
    if (there != null && !there.gone && !there.account.equals(wanted.account)) {
      throw taken();
    }
    if (there != null && !there.gone) {
      List<UUID> bodies = parts.accounts().bodies(wanted.id);
      Bodies.doubt(parts.cql(), wanted.id, bodies);
    }
    boxes.fresh.renew(wanted);
    if (there != null) {
      boxes.sections.clear(there, false);
    }
    parts.cuts().forget(wanted.id);
  }
}
