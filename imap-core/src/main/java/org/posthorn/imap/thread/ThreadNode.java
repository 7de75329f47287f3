package org.posthorn.imap.thread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in a thread, or a dummy that stands for one that is not there. */
final class ThreadNode {
  /** Null in a dummy. */
  final ThreadTable.@Nullable Message message;

  private @Nullable ThreadNode parent;
  private @Nullable ThreadNode firstChild;
  private @Nullable ThreadNode lastChild;
  private @Nullable ThreadNode previous;
  private @Nullable ThreadNode next;

  private ThreadNode(ThreadTable.@Nullable Message message) {
    this.message = message;
  }

  static ThreadNode of(ThreadTable.Message message) {
    return new ThreadNode(message);
  }

  static ThreadNode dummy() {
    return new ThreadNode(null);
  }

  boolean isDummy() {
    return message == null;
  }

  @Nullable ThreadNode parent() {
    return parent;
  }

  @Nullable ThreadNode firstChild() {
    return firstChild;
  }

  @Nullable ThreadNode next() {
    return next;
  }

  boolean hasOneChild() {
    return firstChild != null && firstChild == lastChild;
  }

  /** Makes a node without a parent the last child. */
  void add(ThreadNode child) {
    child.parent = this;
    child.previous = lastChild;
    if (lastChild == null) {
      firstChild = child;
    } else {
      lastChild.next = child;
    }
    lastChild = child;
  }

  /** Takes the node, with all below it, from its parent. */
  void unlink() {
    ThreadNode from = parent;
    if (from == null) {
      return;
    }
    if (previous == null) {
      from.firstChild = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      from.lastChild = previous;
    } else {
      next.previous = previous;
    }
    parent = null;
    previous = null;
    next = null;
  }

  /** Takes all children away, in their order. */
  List<ThreadNode> release() {
    List<ThreadNode> children = new ArrayList<>();
    for (ThreadNode child = firstChild; child != null; child = firstChild) {
      child.unlink();
      children.add(child);
    }
    return children;
  }

  /** Gives all children of another node to this one. */
  void adopt(ThreadNode other) {
    other.release().forEach(this::add);
  }

  void sortChildren(Comparator<ThreadNode> order) {
    if (firstChild != lastChild) {
      List<ThreadNode> children = release();
      children.sort(order);
      children.forEach(this::add);
    }
  }

  /** The message that a thread is judged by: its own, or that of a dummy's first child. */
  ThreadTable.Message head() {
    ThreadNode node = this;
    while (node.message == null) {
      ThreadNode child = node.firstChild;
      if (child == null) {
        throw new IllegalStateException("a dummy without children");
      }
      node = child;
    }
    return node.message;
  }
}
