package org.posthorn.pop3;

import java.util.Arrays;
import java.util.Set;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Opens the INBOX, by default alone, and notes what is in it; no body is read. */
record OpenMaildrop(MailStore store, Identity identity, Access access)
    implements StoreCall<Maildrop> {
  @Override
  public Maildrop invoke(CallContext context) throws StoreException {
    Account account = store.open(identity);
    try {
      return open(account, account.open(MailboxName.INBOX, access), context);
    } catch (StoreException | RuntimeException | Error e) {
      account.close();
      throw e;
    }
  }

  private static Maildrop open(Account account, Mailbox mailbox, CallContext context)
      throws StoreException {
    try {
      return read(account, mailbox, context);
    } catch (StoreException | RuntimeException | Error e) {
      mailbox.close();
      throw e;
    }
  }

  private static Maildrop read(Account account, Mailbox mailbox, CallContext context)
      throws StoreException {
    Snapshot snapshot = mailbox.snapshot();
    int expected = Math.toIntExact(snapshot.uids().size());
    long[] uids = new long[expected];
    long[] sizes = new long[expected];
    int found = 0;
    UidSet rest = snapshot.uids();
    while (!rest.isEmpty()) {
      if (context.cancelled()) {
        throw new StoreException(StoreException.Code.CANCELLED, "login given up");
      }
      Page page = mailbox.list(rest, PageLimit.DEFAULT, Set.of(Item.SIZE, Item.INDEX));
      for (Row row : page.rows()) {
        uids[found] = row.uid();
        sizes[found++] = sent(row);
      }
      rest = page.next() == 0 ? UidSet.EMPTY : rest.clamp(page.next(), rest.last());
    }
    // Somebody may have expunged meanwhile.
    return new Maildrop(
        account,
        mailbox,
        snapshot.info().uidValidity(),
        Arrays.copyOf(uids, found),
        Arrays.copyOf(sizes, found));
  }

  /** The index knows whether the last line has to be completed. */
  private static long sent(Row row) {
    MessageIndex index = row.index();
    boolean unfinished = index != null && has(index, Defect.Kind.UNFINISHED_LINE);
    return row.size() + (unfinished ? 2 : 0);
  }

  private static boolean has(MessageIndex index, Defect.Kind kind) {
    for (Defect defect : index.defects()) {
      if (defect.kind() == kind) {
        return true;
      }
    }
    return false;
  }
}
