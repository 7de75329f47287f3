package org.posthorn.imap.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.posthorn.store.StoreException;

/**
 * REFS: as REFERENCES, but subjects do not matter, and threads come in the order in which their
 * newest messages arrived (draft-ietf-morg-inthread). Within a thread siblings are in the order of
 * their sent dates.
 */
final class Refs implements ThreadAlgorithm {

  private record Dated(ThreadNode root, long arrived, long uid) {}

  @Override
  public List<ThreadNode> thread(ThreadTable table, Work work) throws StoreException {
    List<ThreadNode> roots = ReferenceForest.grow(table, work);
    ReferenceForest.sortSiblings(roots, work);
    List<Dated> dated = new ArrayList<>(roots.size());
    for (ThreadNode root : roots) {
      dated.add(newest(root, work));
    }
    dated.sort(Comparator.comparingLong(Dated::arrived).thenComparingLong(Dated::uid));
    return dated.stream().map(Dated::root).toList();
  }

  private static Dated newest(ThreadNode root, Work work) throws StoreException {
    Dated newest = new Dated(root, Long.MIN_VALUE, 0);
    Deque<ThreadNode> left = new ArrayDeque<>(List.of(root));
    for (ThreadNode node = left.poll(); node != null; node = left.poll()) {
      work.step();
      ThreadTable.Message message = node.message;
      if (message != null
          && (message.arrived() > newest.arrived
              || (message.arrived() == newest.arrived && message.uid() > newest.uid))) {
        newest = new Dated(root, message.arrived(), message.uid());
      }
      for (ThreadNode child = node.firstChild(); child != null; child = child.next()) {
        left.push(child);
      }
    }
    return newest;
  }
}
