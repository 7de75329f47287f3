package org.posthorn.imap.thread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** ORDEREDSUBJECT: one thread for each base subject, all others below its oldest message. */
final class OrderedSubject implements ThreadAlgorithm {

  @Override
  public List<ThreadNode> thread(ThreadTable table, Work work) throws StoreException {
    List<ThreadTable.Message> sorted = new ArrayList<>(table.messages());
    sorted.sort(
        Comparator.comparingLong(ThreadTable.Message::sent)
            .thenComparingLong(ThreadTable.Message::uid));
    @Nullable ThreadNode[] bySubject = new @Nullable ThreadNode[table.subjectCount()];
    List<ThreadNode> roots = new ArrayList<>();
    for (ThreadTable.Message message : sorted) {
      work.step();
      ThreadNode node = ThreadNode.of(message);
      ThreadNode root = bySubject[message.subject()];
      if (root == null) {
        bySubject[message.subject()] = node;
        roots.add(node);
      } else {
        root.add(node);
      }
    }
    return roots;
  }
}
