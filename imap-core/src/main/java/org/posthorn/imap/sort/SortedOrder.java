package org.posthorn.imap.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.Session;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.context.ContextOrder;
import org.posthorn.imap.context.Placed;
import org.posthorn.imap.esearch.Found;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What a SORT found, with what it is sorted by: that of a message never changes. */
final class SortedOrder implements ContextOrder {
  private final List<SortCriterion> criteria;
  private final Collation collation;
  private List<Entry> entries = new ArrayList<>();
  private UidSet uids = UidSet.EMPTY;
  private long weight;

  private static final class Entry implements Comparable<Entry> {
    private final long uid;
    private final byte[] key;

    Entry(long uid, byte[] key) {
      this.uid = uid;
      this.key = key;
    }

    long uid() {
      return uid;
    }

    @Override
    public int compareTo(Entry other) {
      int order = Arrays.compareUnsigned(key, other.key);
      return order == 0 ? Long.compare(uid, other.uid) : order;
    }

    long weight() {
      return 48L + key.length;
    }
  }

  private SortedOrder(List<SortCriterion> criteria, Collation collation) {
    this.criteria = criteria;
    this.collation = collation;
  }

  /**
   * What was found.
   *
   * @param sorted in their order
   * @param runs that hold all of them
   */
  static SortedOrder of(
      long[] sorted, List<SortRun> runs, List<SortCriterion> criteria, Collation collation) {
    SortedOrder order = new SortedOrder(criteria, collation);
    Map<Long, Entry> found = new HashMap<>();
    runs.forEach(run -> entries(run).forEach(entry -> found.put(entry.uid(), entry)));
    for (long uid : sorted) {
      Entry entry = found.get(uid);
      if (entry != null) {
        order.entries.add(entry);
      }
    }
    order.count();
    return order;
  }

  private static List<Entry> entries(SortRun run) {
    List<Entry> entries = new ArrayList<>(run.size());
    for (int i = 0; i < run.size(); i++) {
      entries.add(new Entry(run.uid(i), run.key(i)));
    }
    return entries;
  }

  private void count() {
    UidSet.Builder all = UidSet.builder();
    long sum = 0;
    for (Entry entry : entries) {
      all.add(entry.uid());
      sum += entry.weight();
    }
    uids = all.build();
    weight = sum;
  }

  @Override
  public UidSet uids() {
    return uids;
  }

  @Override
  public long weight() {
    return weight;
  }

  /** From the end to the beginning, so that no position moves before it is used. */
  @Override
  public List<Placed> remove(UidSet gone) {
    List<Placed> places = new ArrayList<>();
    int end = entries.size();
    while (end > 0) {
      if (!gone.contains(entries.get(end - 1).uid())) {
        end--;
        continue;
      }
      int from = end - 1;
      while (from > 0 && gone.contains(entries.get(from - 1).uid())) {
        from--;
      }
      places.add(placed(from, end));
      end = from;
    }
    entries.removeIf(entry -> gone.contains(entry.uid()));
    count();
    return places;
  }

  private Placed placed(int from, int end) {
    long[] block = new long[end - from];
    for (int i = 0; i < block.length; i++) {
      block[i] = entries.get(from + i).uid();
    }
    return new Placed(from + 1L, Found.ordered(block));
  }

  @Override
  public void add(
      Session session, UidSet added, Consumer<List<Placed>> then, Consumer<StoreException> failed) {
    keys(session, added, new ArrayList<>(), then, failed);
  }

  private void keys(
      Session session,
      UidSet left,
      List<Entry> more,
      Consumer<List<Placed>> then,
      Consumer<StoreException> failed) {
    if (left.isEmpty()) {
      then.accept(insert(more));
      return;
    }
    ImapLimits limits = session.service().limits();
    session.call(
        new SortKeysCall(
            session.selected().mailbox(),
            left,
            criteria,
            collation,
            // What goes by scores is not kept up to date.
            uid -> 0,
            new PageLimit(limits.pageRows(), limits.pageBytes())),
        result -> {
          more.addAll(entries(result.run()));
          UidSet rest =
              result.next() == 0 ? UidSet.EMPTY : left.clamp(result.next(), UidSet.MAX_UID);
          keys(session, rest, more, then, failed);
        },
        failed);
  }

  /** From the beginning to the end: each block stands where it ends up. */
  private List<Placed> insert(List<Entry> more) {
    UidSet.Builder inserted = UidSet.builder();
    more.forEach(entry -> inserted.add(entry.uid()));
    UidSet fresh = inserted.build();
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(more);
    // Two sorted parts at most a few of which are out of place: what the JDK's sort is good at.
    all.sort(null);
    entries = all;
    count();
    List<Placed> places = new ArrayList<>();
    int at = 0;
    while (at < entries.size()) {
      int end = at;
      while (end < entries.size() && fresh.contains(entries.get(end).uid())) {
        end++;
      }
      if (end > at) {
        places.add(placed(at, end));
      }
      at = end + 1;
    }
    return places;
  }
}
