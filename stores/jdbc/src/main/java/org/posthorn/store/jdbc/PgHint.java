package org.posthorn.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;

/**
 * What processes tell each other: who speaks, and of which mailbox of which account. Written as
 * {@code SPEAKER ACCOUNT MAILBOX NAME}.
 */
record PgHint(String speaker, long account, MailboxId id, MailboxName name) {
  /** Octets that PostgreSQL lets a notification have. */
  private static final int LONGEST = 7_900;

  private static final MailboxId NEW_ACCOUNT = new MailboxId("made");

  /** Account 0 has no mailbox: it is what accounts share. */
  static PgHint ofLimits(String speaker) {
    return new PgHint(speaker, 0, new MailboxId("limits"), MailboxName.INBOX);
  }

  /** Nobody's mailbox has this identity, so processes of earlier releases look for none. */
  static PgHint ofNewAccount(String speaker, long account) {
    return new PgHint(speaker, account, NEW_ACCOUNT, MailboxName.INBOX);
  }

  boolean isOfNewAccount() {
    return id.equals(NEW_ACCOUNT);
  }

  boolean isOfLimits() {
    return account == 0;
  }

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
          words[0], Long.parseLong(words[1]), new MailboxId(words[2]), MailboxName.parse(words[3]));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
