package org.posthorn.store.jdbc.kill;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.MailboxName;
import org.posthorn.store.support.Sharing;

/** A mailbox of an account. */
record StormPlace(String owner, MailboxName name) {
  /** As journals call it. */
  String path() {
    return path(owner, name);
  }

  static String path(String owner, MailboxName name) {
    return owner + "/" + name.path();
  }

  /** What somebody calls it. */
  MailboxName seenBy(String who) {
    return who.equals(owner)
        ? name
        : MailboxName.parse(Sharing.OTHERS + "/" + owner + "/" + name.path());
  }

  /** Names of mailboxes that come and go. */
  static List<MailboxName> boxes() {
    List<MailboxName> all = new ArrayList<>();
    for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
      all.addAll(boxes(worker));
    }
    return all;
  }

  /** Names that a worker alone gives to mailboxes, and takes away from them. */
  static List<MailboxName> boxes(int worker) {
    return List.of(MailboxName.of("w" + worker + "-x"), MailboxName.of("w" + worker + "-y"));
  }
}
