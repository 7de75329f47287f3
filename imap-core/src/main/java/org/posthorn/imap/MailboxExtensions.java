package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.append.Replace;
import org.posthorn.imap.binary.Binary;
import org.posthorn.imap.command.ListStatus;
import org.posthorn.imap.list.ListExtended;
import org.posthorn.imap.list.SpecialUseList;

/** The extensions that are about mailboxes, and about messages as they come in and go out. */
final class MailboxExtensions {
  private MailboxExtensions() {}

  static void addTo(List<ImapExtension> all) {
    all.add(new ListExtended());
    all.add(new ListStatus());
    all.add(new SpecialUseList());
    // RFC 3502 and RFC 4469: APPEND takes several messages, and parts of others.
    all.add(Extension.of("MULTIAPPEND"));
    all.add(Extension.of("CATENATE"));
    all.add(Extension.of("REPLACE", Replace.bySequence(), Replace.byUid()));
    all.add(new Binary());
  }
}
