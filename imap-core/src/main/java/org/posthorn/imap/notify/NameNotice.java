package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.imap.list.ListReturn;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;

/**
 * One unasked LIST response (RFC 5465 section 5.4).
 *
 * @param attributes with their backslashes
 * @param oldName what it was called before; null where it has the same name
 */
record NameNotice(MailboxName name, List<String> attributes, @Nullable MailboxName oldName) {
  private static final String NON_EXISTENT = "\\NonExistent";
  private static final String NO_ACCESS = "\\NoAccess";

  /** A name as it is now. */
  static NameNotice of(MailboxInfo info, @Nullable MailboxName oldName) {
    boolean gone = info.state() == MailboxInfo.State.NON_EXISTENT;
    Set<ListReturn> returns =
        gone ? EnumSet.of(ListReturn.SUBSCRIBED) : EnumSet.allOf(ListReturn.class);
    return new NameNotice(info.name(), ListEntry.attributes(info, returns), oldName);
  }

  /** A mailbox went; its name may stay for the sake of its inferiors. */
  static NameNotice deleted(MailboxInfo left) {
    NameNotice notice = of(left, null);
    if (notice.attributes.contains(NON_EXISTENT)) {
      return notice;
    }
    return notice.and(NON_EXISTENT);
  }

  /** It may be seen and not be read (RFC 5465 section 3.1). */
  static NameNotice noAccess(MailboxInfo info) {
    return of(info, null).and(NO_ACCESS);
  }

  private NameNotice and(String attribute) {
    List<String> more = new ArrayList<>(List.of(attribute));
    more.addAll(attributes);
    return new NameNotice(name, more, oldName);
  }

  void write(Session session) {
    ResponseEncoder out = session.out().untagged().words("LIST (");
    out.words(String.join(" ", attributes)).words(") \"/\" ");
    out.astring(session.wireName().encode(name));
    MailboxName old = oldName;
    if (old != null) {
      out.words(" (\"OLDNAME\" (").astring(session.wireName().encode(old)).close().close();
    }
    out.crlf();
  }
}
