package org.posthorn.relay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps policies for longer than a process lives. Thread-safe; may block. */
interface StsMemory {
  /** Keeps nothing. */
  StsMemory NONE =
      new StsMemory() {
        @Override
        public @Nullable Kept of(String domain) {
          return null;
        }

        @Override
        public void keep(String domain, Kept kept) {}
      };

  /**
   * A policy as it was fetched.
   *
   * @param id by which the domain calls it
   * @param until when it holds
   */
  record Kept(String id, String text, Instant until) {}

  /** What is kept of a domain, even if it is over; null for nothing. */
  @Nullable Kept of(String domain);

  /** Keeps a policy instead of what is kept of the domain. */
  void keep(String domain, Kept kept);
}
