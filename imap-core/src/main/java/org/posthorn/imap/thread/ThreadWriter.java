package org.posthorn.imap.thread;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;

/**
 * Writes threads piece by piece (RFC 5256: thread-list). Without recursion: a thread may be as deep
 * as it is long.
 */
final class ThreadWriter {
  private static final int NUMBERS_AT_ONCE = 4_000;

  private final ResponseEncoder out;
  private final Iterator<ThreadNode> roots;
  private final LongUnaryOperator number;

  /** The children still to be written at each level of nesting; the innermost comes first. */
  private final Deque<Level> levels = new ArrayDeque<>();

  private static final class Level {
    private @Nullable ThreadNode left;

    Level(@Nullable ThreadNode first) {
      left = first;
    }
  }

  /**
   * @param number the number of a UID that the client is told
   */
  ThreadWriter(ResponseEncoder out, List<ThreadNode> roots, LongUnaryOperator number) {
    this.out = out;
    this.roots = roots.iterator();
    this.number = number;
  }

  /** Writes some thousand numbers; returns whether any are left. */
  boolean writeSome() {
    for (int i = 0; i < NUMBERS_AT_ONCE; i++) {
      Level level = levels.peek();
      if (level == null) {
        if (!roots.hasNext()) {
          return false;
        }
        open(roots.next());
      } else if (level.left == null) {
        levels.pop();
        out.close();
      } else {
        ThreadNode next = level.left;
        level.left = next.next();
        open(next);
      }
    }
    return true;
  }

  /** A thread up to where it splits: {@code "(" nz-number *(SP nz-number)}. */
  private void open(ThreadNode first) {
    out.open();
    ThreadNode node = first;
    if (node.message != null) {
      out.number(number.applyAsLong(node.message.uid()));
    }
    for (ThreadNode child = node.firstChild();
        child != null && child.message != null && node.hasOneChild();
        child = node.firstChild()) {
      out.sp().number(number.applyAsLong(child.message.uid()));
      node = child;
    }
    if (node.firstChild() != null && node.message != null) {
      out.sp();
    }
    levels.push(new Level(node.firstChild()));
  }
}
