package org.posthorn.store;

/**
 * Hears that something may have changed. Called by any thread, returns at once, never calls the
 * store. A hint may be lost, merged or spurious; {@code changesSince} is the truth.
 */
@FunctionalInterface
public interface HintSink {
  void hint(MailboxId which);
}
