package org.posthorn.imap.sort;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToIntFunction;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Sorts one page of messages. Keys come from rows and MIME indexes; a message is read only where
 * its index has to be made anew.
 */
record SortKeysCall(
    Mailbox mailbox,
    UidSet messages,
    List<SortCriterion> criteria,
    Collation collation,
    LongToIntFunction scores,
    PageLimit limit)
    implements StoreCall<SortKeysCall.Result> {

  /**
   * @param next the first UID that is not in the run, 0 when all are
   */
  record Result(SortRun run, long next) {}

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public Result invoke(CallContext context) throws StoreException {
    Page page = mailbox.list(messages, limit, items());
    KeyWriter keys = new KeyWriter(scores);
    long[] uids = new long[page.rows().size()];
    int[] starts = new int[uids.length];
    int[] ends = new int[uids.length];
    int count = 0;
    for (Row row : page.rows()) {
      if (context.cancelled()) {
        throw new StoreException(StoreException.Code.CANCELLED, "sort cancelled");
      }
      starts[count] = keys.length();
      if (write(row, keys)) {
        uids[count] = row.uid();
        ends[count++] = keys.length();
      }
    }
    return new Result(sorted(uids, starts, ends, count, keys.toByteArray()), page.next());
  }

  private Set<Item> items() {
    Set<Item> items = EnumSet.noneOf(Item.class);
    for (SortCriterion criterion : criteria) {
      items.addAll(criterion.key().items());
    }
    return items;
  }

  /** Returns false when the message is gone. */
  private boolean write(Row row, KeyWriter keys) throws StoreException {
    try (StoredMessage message = new StoredMessage(mailbox, row)) {
      for (SortCriterion criterion : criteria) {
        int from = keys.length();
        criterion.key().write(message, collation, keys);
        if (criterion.reverse()) {
          keys.reverse(from);
        }
      }
      return true;
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.EXPUNGED) {
        return false;
      }
      throw e;
    }
  }

  private static SortRun sorted(long[] uids, int[] starts, int[] ends, int count, byte[] keys) {
    SortRun unsorted = new SortRun(uids, starts, ends, keys);
    List<Integer> order = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    order.sort((i, j) -> SortRun.compare(unsorted, i, unsorted, j));
    long[] sortedUids = new long[count];
    int[] sortedStarts = new int[count];
    int[] sortedEnds = new int[count];
    for (int i = 0; i < count; i++) {
      int from = order.get(i);
      sortedUids[i] = uids[from];
      sortedStarts[i] = starts[from];
      sortedEnds[i] = ends[from];
    }
    return new SortRun(sortedUids, sortedStarts, sortedEnds, keys);
  }
}
