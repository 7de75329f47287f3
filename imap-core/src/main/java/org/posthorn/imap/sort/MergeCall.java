package org.posthorn.imap.sort;

import java.util.List;
import java.util.PriorityQueue;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** Makes one order of sorted runs: the UIDs of their messages. */
record MergeCall(List<SortRun> runs) implements StoreCall<long[]> {

  private static final int CHECK_EVERY = 0x3ff;

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public long[] invoke(CallContext context) throws StoreException {
    PriorityQueue<Cursor> queue = new PriorityQueue<>(Math.max(1, runs.size()));
    int size = 0;
    for (SortRun run : runs) {
      if (run.size() > 0) {
        queue.add(new Cursor(run));
        size += run.size();
      }
    }
    long[] uids = new long[size];
    for (int i = 0; i < size; i++) {
      if ((i & CHECK_EVERY) == 0) {
        context.progress(i, size);
        if (context.cancelled()) {
          throw new StoreException(StoreException.Code.CANCELLED, "sort cancelled");
        }
      }
      Cursor least = queue.remove();
      uids[i] = least.run.uid(least.at++);
      if (least.at < least.run.size()) {
        queue.add(least);
      }
    }
    return uids;
  }

  private static final class Cursor implements Comparable<Cursor> {
    private final SortRun run;
    private int at;

    Cursor(SortRun run) {
      this.run = run;
    }

    @Override
    public int compareTo(Cursor other) {
      return SortRun.compare(run, at, other.run, other.at);
    }
  }
}
