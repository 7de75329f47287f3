package org.posthorn.imap.thread;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** REFERENCES (RFC 5256 section 3); the steps are numbered as there. */
final class References implements ThreadAlgorithm {

  @Override
  public List<ThreadNode> thread(ThreadTable table, Work work) throws StoreException {
    List<ThreadNode> roots = ReferenceForest.grow(table, work);
    // Step 4.
    for (ThreadNode root : roots) {
      if (root.isDummy()) {
        root.sortChildren(ReferenceForest.BY_SENT_DATE);
      }
    }
    roots.sort(ReferenceForest.BY_SENT_DATE);
    List<ThreadNode> merged = merge(roots, bySubject(roots, table), work);
    // Step 6.
    ReferenceForest.sortSiblings(merged, work);
    merged.sort(ReferenceForest.BY_SENT_DATE);
    return merged;
  }

  /** Steps 5.A and 5.B. */
  private static @Nullable ThreadNode[] bySubject(List<ThreadNode> roots, ThreadTable table) {
    @Nullable ThreadNode[] bySubject = new @Nullable ThreadNode[table.subjectCount()];
    for (ThreadNode root : roots) {
      int subject = root.head().subject();
      if (subject != 0) {
        ThreadNode known = bySubject[subject];
        if (known == null || isBetter(root, known)) {
          bySubject[subject] = root;
        }
      }
    }
    return bySubject;
  }

  private static boolean isBetter(ThreadNode candidate, ThreadNode known) {
    return !known.isDummy() && (candidate.isDummy() || (isReply(known) && !isReply(candidate)));
  }

  /** Step 5.C: the roots that are left. */
  private static List<ThreadNode> merge(
      List<ThreadNode> roots, @Nullable ThreadNode[] bySubject, Work work) throws StoreException {
    Set<ThreadNode> left = new LinkedHashSet<>(roots);
    for (ThreadNode root : roots) {
      work.step();
      int subject = root.head().subject();
      ThreadNode other = bySubject[subject];
      if (subject == 0 || other == null || other == root) {
        continue;
      }
      left.remove(root);
      if (other.isDummy()) {
        if (root.isDummy()) {
          other.adopt(root);
        } else {
          other.add(root);
        }
      } else if (isReply(root) && !isReply(other)) {
        other.add(root);
      } else {
        ThreadNode dummy = ThreadNode.dummy();
        left.remove(other);
        left.add(dummy);
        dummy.add(other);
        dummy.add(root);
        bySubject[subject] = dummy;
      }
    }
    return new ArrayList<>(left);
  }

  private static boolean isReply(ThreadNode node) {
    ThreadTable.Message message = node.message;
    return message != null && message.reply();
  }
}
