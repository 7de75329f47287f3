package org.posthorn.pop3;

import org.posthorn.store.MailboxName;

/** What becomes of messages that a client marked with DELE, when it says QUIT. */
public sealed interface Removal {
  /** They are removed for good, as RFC 1939 has it. */
  Removal DELETE = new Delete();

  /** They stay where they are: the client is told that it deleted them, and finds them again. */
  Removal KEEP = new Keep();

  /** They go to another mailbox, which is made when it is not there. */
  static Removal moveTo(MailboxName mailbox) {
    return new MoveTo(mailbox);
  }

  record Delete() implements Removal {}

  record Keep() implements Removal {}

  record MoveTo(MailboxName mailbox) implements Removal {}
}
