package org.posthorn.pop3;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * The UPDATE state, RFC 1939 section 6: does with the marked messages what the policy says, and
 * removes those that are past their time (EXPIRE). Its result is how many went.
 *
 * @param expired messages that came before this are removed; null for none
 */
record UpdateCall(
    Account account,
    Mailbox mailbox,
    UidSet marked,
    Removal removal,
    UidSet all,
    @Nullable OffsetDateTime expired)
    implements StoreCall<Integer> {
  /** What a store that answers at once removes within the time of an inline call, about. */
  private static final int FEW = 50;

  @Override
  public Integer invoke(CallContext context) throws StoreException {
    int gone = marked.isEmpty() ? 0 : removeMarked();
    UidSet old = expired == null ? UidSet.EMPTY : old(expired);
    return old.isEmpty() ? gone : gone + count(mailbox.remove(old).uids());
  }

  @Override
  public Lane lane() {
    return expired == null && marked.size() <= FEW ? Lane.STORE : Lane.BLOCKING;
  }

  private int removeMarked() throws StoreException {
    if (removal instanceof Removal.MoveTo move) {
      return count(move(move.mailbox()));
    }
    return removal instanceof Removal.Keep ? 0 : count(mailbox.remove(marked).uids());
  }

  private UidSet move(MailboxName destination) throws StoreException {
    try {
      return mailbox.move(marked, destination).source();
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.NONEXISTENT) {
        throw e;
      }
    }
    try {
      account.create(destination, Set.of());
    } catch (StoreException e) {
      // Another session may have been faster.
      if (e.code() != StoreException.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
    return mailbox.move(marked, destination).source();
  }

  private UidSet old(OffsetDateTime before) throws StoreException {
    UidSet.Builder old = UidSet.builder();
    UidSet rest = all;
    while (!rest.isEmpty()) {
      Page page = mailbox.list(rest, PageLimit.DEFAULT, Set.of(Item.INTERNAL_DATE));
      for (Row row : page.rows()) {
        OffsetDateTime came = row.internalDate();
        if (came != null && came.isBefore(before)) {
          old.add(row.uid());
        }
      }
      rest = page.next() == 0 ? UidSet.EMPTY : rest.clamp(page.next(), rest.last());
    }
    return old.build();
  }

  private static int count(UidSet uids) {
    return Math.toIntExact(uids.size());
  }
}
