package org.posthorn.imap.command;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Imap4rev2;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxName;

/** The LIST response about one mailbox that IMAP4rev2 has outside of LIST. */
final class ListOldName {
  private ListOldName() {}

  /** RFC 9051 section 6.3.2: SELECT tells which mailbox it is, once IMAP4rev2 is enabled. */
  static void selected(Session session, MailboxName name) {
    if (Imap4rev2.isEnabled(session)) {
      write(session, name, null);
    }
  }

  /** RFC 9051 sections 6.3.4 and 6.3.6: a name took the place of another. */
  static void renamed(Session session, MailboxName name, String oldName) {
    if (Imap4rev2.isEnabled(session) && !name.path().equals(oldName)) {
      write(session, name, oldName);
    }
  }

  private static void write(Session session, MailboxName name, @Nullable String oldName) {
    ResponseEncoder out = session.out().untagged().words("LIST () \"/\" ");
    out.astring(session.wireName().encode(name));
    if (oldName != null) {
      out.words(" (\"OLDNAME\" (").astring(session.wireName().encode(oldName)).close().close();
    }
    out.crlf();
  }
}
