package org.posthorn.imap;

/** A command that stays under way while nothing happens: IDLE. */
public interface Waiting {
  /** The selected mailbox may have changed and nothing else is going on. */
  void changed();

  /** Time has come to {@link #wakeUp}, or passed. */
  void tick();

  /** When it wants a tick, on the scale of {@link org.posthorn.protocol.Effects#nanoTime}. */
  long wakeUp();
}
