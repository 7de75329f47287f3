package org.posthorn.imap.condstore;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.posthorn.imap.Session;
import org.posthorn.imap.search.MessageSearch;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** The MODSEQ in the answer to a search (RFC 7162 section 3.1.5, RFC 4731 section 3.2). */
public final class ToldModSeq {
  private ToldModSeq() {}

  /**
   * Goes on with the greatest MODSEQ of the messages that are told, or 0 where none is to be told.
   *
   * @param told some of the result
   */
  public static void of(
      Session session,
      MessageSearch.Result result,
      UidSet told,
      LongConsumer then,
      Consumer<StoreException> failed) {
    if (result.highestModSeq() == 0 || told.equals(result.uids())) {
      then.accept(result.highestModSeq());
    } else {
      session.call(new GreatestCall(session.selected().mailbox(), told), then::accept, failed);
    }
  }

  /** The greatest MODSEQ of some messages, of which there are few. */
  private record GreatestCall(Mailbox mailbox, UidSet uids) implements StoreCall<Long> {
    @Override
    public Long invoke(CallContext context) throws StoreException {
      long greatest = 0;
      UidSet left = uids;
      while (!left.isEmpty()) {
        Page page = mailbox.list(left, PageLimit.DEFAULT, Set.of());
        for (Row row : page.rows()) {
          greatest = Math.max(greatest, row.modSeq());
        }
        left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
      }
      return greatest;
    }
  }
}
