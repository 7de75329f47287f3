package org.posthorn.store.cassandra;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.posthorn.store.Cursor;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Messages of mailboxes in the order in which they changed last, for who has to hear of all of them
 * page by page. The last few are kept, so that a mailbox is not read anew for each page.
 * Thread-safe.
 */
final class Orders {
  /** Messages of all that are kept, of 16 octets each; the last is kept whatever its size. */
  private static final long MOST = 2_000_000;

  private final Messages messages;

  /** By mailbox, the one that was asked for last at the end. Guarded by itself. */
  private final Map<String, Order> kept = new LinkedHashMap<>(16, 0.75f, true);

  Orders(Messages messages) {
    this.messages = messages;
  }

  /** Messages with their MODSEQs when the mailbox had this one. */
  static final class Order {
    private final long modSeq;
    private final long historyFloor;
    private long[] modSeqs = new long[100];
    private long[] uids = new long[100];
    private int size;

    private Order(Box box) {
      this.modSeq = box.modSeq;
      this.historyFloor = box.historyFloor;
    }

    /** In the order of UIDs. */
    private void add(long uid, long changed) {
      if (size == uids.length) {
        uids = Arrays.copyOf(uids, 2 * size);
        modSeqs = Arrays.copyOf(modSeqs, 2 * size);
      }
      uids[size] = uid;
      // What changed since was there, and changed at some time before.
      modSeqs[size++] = Math.min(changed, modSeq);
    }

    /** By MODSEQ; UIDs of the same stay in their order. */
    private Order sorted() {
      long[] sorted = Arrays.copyOf(modSeqs, size);
      Arrays.sort(sorted);
      int[] filled = new int[size];
      long[] placed = new long[size];
      for (int i = 0; i < size; i++) {
        int group = firstOf(sorted, modSeqs[i]);
        placed[group + filled[group]++] = uids[i];
      }
      modSeqs = sorted;
      uids = placed;
      return this;
    }

    private static int firstOf(long[] sorted, long wanted) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle] < wanted) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    int size() {
      return size;
    }

    long modSeq() {
      return modSeq;
    }

    Cursor cursor(int i) {
      return new Cursor(modSeqs[i], uids[i]);
    }

    /** Where the messages begin that lie beyond a position. */
    int after(Cursor from) {
      int i = firstOf(modSeqs, from.modSeq());
      while (i < size && !from.isBefore(modSeqs[i], uids[i])) {
        i++;
      }
      return i;
    }

    UidSet uids(int from, int to) {
      UidSet.Builder some = UidSet.builder();
      for (int i = from; i < to; i++) {
        some.add(uids[i]);
      }
      return some.build();
    }
  }

  /** Of now, or of a head after the position; what happened since is in the history. */
  Order of(Box box, Cursor from) throws StoreException {
    synchronized (kept) {
      Order known = kept.get(box.id);
      if (known != null
          && known.historyFloor == box.historyFloor
          && known.modSeq <= box.modSeq
          && known.modSeq > from.modSeq()) {
        return known;
      }
    }
    Order order = new Order(box);
    messages.each(
        "n, mod",
        box.id,
        UidSet.range(1, UidSet.MAX_UID),
        row -> {
          if (row.getLong("n") < box.uidNext) {
            order.add(row.getLong("n"), row.getLong("mod"));
          }
        });
    keep(box.id, order.sorted());
    return order;
  }

  private void keep(String mailbox, Order order) {
    synchronized (kept) {
      kept.put(mailbox, order);
      long all = 0;
      for (Order one : kept.values()) {
        all += one.size;
      }
      Iterator<Order> eldest = kept.values().iterator();
      while (all > MOST && kept.size() > 1) {
        all -= eldest.next().size;
        eldest.remove();
      }
    }
  }

  void forget(String mailbox) {
    synchronized (kept) {
      kept.remove(mailbox);
    }
  }
}
