package org.posthorn.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;

/**
 * What processes tell each other: who speaks, and of which mailbox of which account. Written as
 * {@code SPEAKER ACCOUNT MAILBOX NAME}.
 */
record PgHint(String speaker, String account, MailboxId id, MailboxName name) {
  /** Octets that PostgreSQL lets a notification have. */
  private static final int LONGEST = 7_900;

  /** A name that is too long is left out: INBOX stands for it, whose watchers may look in vain. */
  String text() {
    String whole = speaker + ' ' + account + ' ' + id.value() + ' ' + name.path();
    return whole.length() * 3 <= LONGEST
        ? whole
        : speaker + ' ' + account + ' ' + id.value() + ' ' + MailboxName.INBOX.path();
  }

  /** Null for what another release wrote otherwise. */
  static @Nullable PgHint parse(String text) {
    String[] words = text.split(" ", 4);
    if (words.length != 4) {
      return null;
    }
    try {
      return new PgHint(
          words[0],
          Long.toString(Long.parseLong(words[1])),
          new MailboxId(words[2]),
          MailboxName.parse(words[3]));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
