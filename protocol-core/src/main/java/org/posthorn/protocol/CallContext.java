package org.posthorn.protocol;

/** What a running call may know and tell. */
public interface CallContext {
  /** On the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} when there is none. */
  long deadlineNanos();

  /** Whether the caller asked to stop; long work looks now and then and throws CANCELLED. */
  boolean cancelled();

  /** Runs once when the caller asks to stop, at once if it did already; by any thread. */
  void onCancel(Runnable action);

  /**
   * How far the work is; {@code goal} 0 when unknown. The engine reads it by {@link
   * Effects#progress}; parts of an {@link All} share it.
   */
  void progress(long done, long goal);

  /** For calls made outside a driver: no deadline, never cancelled. */
  CallContext NONE =
      new CallContext() {
        @Override
        public long deadlineNanos() {
          return Long.MAX_VALUE;
        }

        @Override
        public boolean cancelled() {
          return false;
        }

        @Override
        public void onCancel(Runnable action) {}

        @Override
        public void progress(long done, long goal) {}
      };
}
