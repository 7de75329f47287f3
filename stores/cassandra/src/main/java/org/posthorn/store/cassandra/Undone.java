package org.posthorn.store.cassandra;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxName;

/**
 * What was decided of an account's names and takes more than one batch. Whoever reads the names
 * next finishes it first, so that nobody sees it half done.
 */
sealed interface Undone {
  /** All that is still below one name goes below another. */
  record Rename(MailboxName from, MailboxName to) implements Undone {}

  /** The account was deleted: all names go. */
  record Close() implements Undone {}

  /** INBOX was renamed: what it had below a UID goes into the new mailbox. */
  record Inbox(MailboxName to, long uidNext) implements Undone {}

  static String encode(@Nullable Undone undone) {
    if (undone == null) {
      return "";
    }
    // No name has a control character.
    if (undone instanceof Rename rename) {
      return "rename\n" + rename.from.path() + "\n" + rename.to.path();
    }
    return undone instanceof Inbox inbox
        ? "inbox\n" + inbox.to.path() + "\n" + inbox.uidNext
        : "close";
  }

  static @Nullable Undone decode(@Nullable String stored) {
    if (stored == null || stored.isEmpty()) {
      return null;
    }
    String[] line = stored.split("\n", -1);
    return switch (line[0]) {
      case "rename" -> new Rename(MailboxName.parse(line[1]), MailboxName.parse(line[2]));
      case "inbox" -> new Inbox(MailboxName.parse(line[1]), Long.parseLong(line[2]));
      case "close" -> new Close();
      default -> throw new IllegalStateException("undone " + line[0]);
    };
  }
}
