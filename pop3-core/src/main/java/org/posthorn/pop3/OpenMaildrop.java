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
record OpenMaildrop(MailStore store, Identity identity, Access access, LineEnds lineEnds)
    implements StoreCall<Maildrop> {
  private static final PageLimit PAGE = new PageLimit(10_000, 4 << 20);

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

  private Maildrop open(Account account, Mailbox mailbox, CallContext context)
      throws StoreException {
    try {
      return read(account, mailbox, context);
    } catch (StoreException | RuntimeException | Error e) {
      mailbox.close();
      throw e;
    }
  }

  private Maildrop read(Account account, Mailbox mailbox, CallContext context)
      throws StoreException {
    Snapshot snapshot = mailbox.snapshot();
    long uidValidity = snapshot.info().uidValidity();
    LineEnds.Known known = lineEnds.of(identity.account(), uidValidity);
    UidSet all = snapshot.uids();
    Rows rows = new Rows(Math.toIntExact(all.size()), known.unfinished());
    if (!all.isEmpty()) {
      rows.read(mailbox, all.clamp(1, known.upTo()), Set.of(Item.SIZE), context);
      // Only the index knows whether the last line has to be completed.
      UidSet unknown = all.clamp(known.upTo() + 1, all.last());
      rows.read(mailbox, unknown, Set.of(Item.SIZE, Item.INDEX), context);
      UidSet unfinished = rows.unfinished.build();
      lineEnds.learn(
          identity.account(),
          new LineEnds.Known(uidValidity, Math.max(known.upTo(), all.last()), unfinished));
    }
    // Somebody may have expunged meanwhile.
    return new Maildrop(
        account,
        mailbox,
        uidValidity,
        Arrays.copyOf(rows.uids, rows.found),
        Arrays.copyOf(rows.sizes, rows.found));
  }

  /** What is read of the messages. */
  private static final class Rows {
    private final long[] uids;
    private final long[] sizes;
    private final UidSet known;
    private final UidSet.Builder unfinished = UidSet.builder();
    private int found;

    Rows(int expected, UidSet known) {
      this.uids = new long[expected];
      this.sizes = new long[expected];
      this.known = known;
    }

    void read(Mailbox mailbox, UidSet wanted, Set<Item> items, CallContext context)
        throws StoreException {
      UidSet rest = wanted;
      while (!rest.isEmpty()) {
        if (context.cancelled()) {
          throw new StoreException(StoreException.Code.CANCELLED, "login given up");
        }
        Page page = mailbox.list(rest, PAGE, items);
        for (Row row : page.rows()) {
          add(row);
        }
        rest = page.next() == 0 ? UidSet.EMPTY : rest.clamp(page.next(), rest.last());
      }
    }

    private void add(Row row) {
      MessageIndex index = row.index();
      boolean completed =
          index == null ? known.contains(row.uid()) : has(index, Defect.Kind.UNFINISHED_LINE);
      if (completed) {
        unfinished.add(row.uid());
      }
      uids[found] = row.uid();
      sizes[found++] = row.size() + (completed ? 2 : 0);
    }
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
