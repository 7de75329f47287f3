package org.posthorn.delivery;

import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** What becomes of the detail in {@code user+detail@domain} (RFC 5233). */
public enum DetailPolicy {
  /** It says nothing: everything goes into INBOX. */
  IGNORED {
    @Override
    MailboxName mailbox(String detail) {
      return MailboxName.INBOX;
    }
  },
  /**
   * It names a mailbox on the highest level. Where there is none of that name, {@link
   * MissingFolder} decides.
   */
  FOLDER {
    @Override
    MailboxName mailbox(String detail) {
      if (detail.isEmpty() || detail.indexOf(MailboxName.DELIMITER) >= 0) {
        return MailboxName.INBOX;
      }
      try {
        return MailboxName.of(detail);
      } catch (InvalidMailboxName senderChoseIt) {
        return MailboxName.INBOX;
      }
    }
  };

  abstract MailboxName mailbox(String detail);
}
