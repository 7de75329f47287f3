package org.posthorn.imap.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** Steps 1 to 3 of the REFERENCES algorithm (RFC 5256 section 3), and the sorting of siblings. */
final class ReferenceForest {

  /** By sent date, then in the order of the mailbox. */
  static final Comparator<ThreadNode> BY_SENT_DATE =
      Comparator.<ThreadNode>comparingLong(node -> node.head().sent())
          .thenComparingLong(node -> node.head().uid());

  private final ThreadTable table;
  private final Work work;
  private final @Nullable ThreadNode[] byId;
  private final List<ThreadNode> all = new ArrayList<>();

  private ReferenceForest(ThreadTable table, Work work) {
    this.table = table;
    this.work = work;
    this.byId = new @Nullable ThreadNode[table.idCount()];
  }

  /** The threads, in no particular order. */
  static List<ThreadNode> grow(ThreadTable table, Work work) throws StoreException {
    ReferenceForest forest = new ReferenceForest(table, work);
    forest.link();
    return forest.prune();
  }

  /** Step 1. */
  private void link() throws StoreException {
    List<ThreadNode> nodes = new ArrayList<>(table.messages().size());
    for (ThreadTable.Message message : table.messages()) {
      ThreadNode node = ThreadNode.of(message);
      nodes.add(node);
      all.add(node);
      // A message without an id, or with that of an earlier one, is known under none.
      if (message.id() >= 0 && byId[message.id()] == null) {
        byId[message.id()] = node;
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      link(nodes.get(i), table.references(i));
    }
  }

  private void link(ThreadNode node, int[] references) throws StoreException {
    ThreadNode last = null;
    for (int reference : references) {
      ThreadNode next = byId(reference);
      if (last != null && next.parent() == null) {
        join(last, next);
      }
      last = next;
    }
    node.unlink();
    if (last != null) {
      join(last, node);
    }
  }

  private ThreadNode byId(int id) {
    ThreadNode known = byId[id];
    if (known == null) {
      known = ThreadNode.dummy();
      byId[id] = known;
      all.add(known);
    }
    return known;
  }

  /** Makes a child of a node that has no parent, unless that would be a loop. */
  private void join(ThreadNode parent, ThreadNode child) throws StoreException {
    work.step();
    if (parent == child) {
      return;
    }
    if (child.firstChild() != null) {
      for (ThreadNode up = parent.parent(); up != null; up = up.parent()) {
        work.step();
        if (up == child) {
          return;
        }
      }
    }
    parent.add(child);
  }

  /** Steps 2 and 3: of the dummies only those roots are left that hold several children. */
  private List<ThreadNode> prune() throws StoreException {
    List<ThreadNode> roots = new ArrayList<>();
    for (ThreadNode node : all) {
      if (node.parent() == null) {
        roots.add(node);
      }
    }
    // From the top, so that no node is moved twice.
    Deque<ThreadNode> left = new ArrayDeque<>(roots);
    for (ThreadNode node = left.poll(); node != null; node = left.poll()) {
      replaceDummies(node, left);
    }
    List<ThreadNode> kept = new ArrayList<>();
    for (ThreadNode root : roots) {
      if (!root.isDummy()) {
        kept.add(root);
      } else if (root.hasOneChild()) {
        kept.addAll(root.release());
      } else if (root.firstChild() != null) {
        kept.add(root);
      }
    }
    return kept;
  }

  /** Puts the children of dummies in their place; what is then below the node is added. */
  private void replaceDummies(ThreadNode node, Deque<ThreadNode> children) throws StoreException {
    ThreadNode child = node.firstChild();
    while (child != null) {
      work.step();
      if (child.isDummy()) {
        node.adopt(child);
        ThreadNode after = child.next();
        child.unlink();
        child = after;
      } else {
        children.push(child);
        child = child.next();
      }
    }
  }

  /** Sorts all siblings below the roots by sent date; the roots themselves stay. */
  static void sortSiblings(List<ThreadNode> roots, Work work) throws StoreException {
    Deque<ThreadNode> left = new ArrayDeque<>(roots);
    for (ThreadNode node = left.poll(); node != null; node = left.poll()) {
      work.step();
      node.sortChildren(BY_SENT_DATE);
      for (ThreadNode child = node.firstChild(); child != null; child = child.next()) {
        left.push(child);
      }
    }
  }
}
