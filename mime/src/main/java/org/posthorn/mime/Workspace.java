package org.posthorn.mime;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What an indexer works with: buffers of a few kilobytes. One set is kept for the next message when
 * a message has ended, because making it costs a good part of the time that a small message takes.
 */
final class Workspace {

  /** Larger buffers are not kept. */
  private static final int MAX_KEPT = 1 << 16;

  private static final AtomicReference<@Nullable Workspace> SPARE = new AtomicReference<>();

  private final boolean ofDefaults;
  final PartTree tree;
  final HeaderLines header;
  final BodyScan body = new BodyScan();

  private Workspace(MimeLimits limits) {
    ofDefaults = limits.equals(MimeLimits.DEFAULTS);
    tree = new PartTree(limits);
    header = new HeaderLines(limits);
  }

  /** One that is nobody's, as good as new. */
  static Workspace take(MimeLimits limits) {
    Workspace spare = limits.equals(MimeLimits.DEFAULTS) ? SPARE.getAndSet(null) : null;
    if (spare == null) {
      return new Workspace(limits);
    }
    spare.tree.begin();
    return spare;
  }

  /** Gives it back; who gave it must not use it any more. */
  void release() {
    header.begin();
    tree.forget();
    if (ofDefaults && tree.held() + header.held() <= MAX_KEPT) {
      SPARE.set(this);
    }
  }
}
