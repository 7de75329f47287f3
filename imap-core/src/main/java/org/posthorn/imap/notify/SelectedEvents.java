package org.posthorn.imap.notify;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchProgram;

/**
 * What the client is told of the selected mailbox, and when (RFC 5465 section 6.1). Immutable.
 *
 * @param atOnce whether it is told between commands as well
 * @param expungeAtOnce whether that goes for messages that vanish
 * @param messages whether it is told of messages that come and go; else of nothing
 * @param flags whether it is told of flags
 * @param ofNew what is told of each new message; null: nothing
 */
public record SelectedEvents(
    boolean atOnce,
    boolean expungeAtOnce,
    boolean messages,
    boolean flags,
    @Nullable FetchProgram ofNew) {

  /** Until the client gives NOTIFY: all there is, when a command ends. */
  public static final SelectedEvents BEFORE_NOTIFY =
      new SelectedEvents(false, false, true, true, null);

  /** Nothing. */
  static final SelectedEvents NONE = new SelectedEvents(false, false, false, false, null);
}
