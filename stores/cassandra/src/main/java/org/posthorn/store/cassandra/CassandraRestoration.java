package org.posthorn.store.cassandra;

import java.util.List;
import java.util.UUID;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Restoration;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.RestoredCounters;

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
    RestoredCounters wanted = RestoredCounters.of(uidNext, highestModSeq);
    RestoredCounters counters = counters(mail.tree(), info, id, wanted);
    Box box = new Box(id.value(), account, Ids.token());
    box.uidNext = counters.uidNext();
    box.modSeq = counters.highestModSeq();
    // Changes before are not known.
    box.historyFloor = counters.highestModSeq();
    box.recentFrom = counters.uidNext();
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
    return new CassandraRestoreGroup(mail, id.value(), wanted, counters);
  }

  /** Beyond those of the mailbox that is replaced. */
  private RestoredCounters counters(
      Tree tree, MailboxInfo info, MailboxId id, RestoredCounters wanted) throws StoreException {
    RestoredCounters counters = wanted;
    Box same = parts.boxes().decided(id.value());
    if (same != null && !same.gone) {
      counters = counters.beyond(same.uidNext, same.modSeq);
    }
    Tree.Node named = tree.names.get(info.name());
    if (named != null
        && named.id() != null
        && !named.id().equals(id)
        && named.uidValidity() == info.uidValidity()) {
      Box other = parts.boxes().decided(named.id().value());
      if (other != null) {
        counters = counters.beyond(other.uidNext, other.modSeq);
      }
    }
    return counters;
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
      List<UUID> bodies = parts.accounts().bodies(wanted.id, there.buckets);
      Bodies.doubt(parts.cql(), wanted.id, bodies);
    }
    boxes.fresh.renew(wanted);
    if (there != null) {
      boxes.sections.clear(there, false);
    }
    parts.cuts().forget(wanted.id);
  }
}
