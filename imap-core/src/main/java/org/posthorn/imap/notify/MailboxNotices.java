package org.posthorn.imap.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;

/** What is told of the contents of mailboxes that are not selected (RFC 5465 section 5). */
final class MailboxNotices {
  private static final MailboxFilter PERSONAL = new MailboxFilter.Personal();

  private final Session session;
  private final NotifySet wanted;
  private Namespaces namespaces = Namespaces.PERSONAL_ONLY;

  MailboxNotices(Session session, NotifySet wanted) {
    this.session = session;
    this.wanted = wanted;
  }

  /** The user has these namespaces now. */
  void namespaces(Namespaces now) {
    namespaces = now;
  }

  boolean wants(NotifyEvent event, MailboxInfo mailbox) {
    return wanted.wants(event, mailbox, namespaces);
  }

  boolean isPersonal(MailboxInfo mailbox) {
    return PERSONAL.covers(mailbox, namespaces);
  }

  /**
   * RFC 5465 section 5.9: another user's mailbox that was watched cannot be seen any more. Where
   * names are told of, that is told as for any name.
   */
  void lost(MailboxInfo mailbox) {
    if (!isPersonal(mailbox) && !wants(NotifyEvent.MAILBOX_NAME, mailbox)) {
      MailboxInfo missing = NameChanges.missing(mailbox.name());
      NameNotice.noAccess(missing).write(session);
    }
  }

  /**
   * Tells what is new and gives what the client knows then.
   *
   * @param begun whether the client knew the state before; else it is told only if it asked
   */
  Tracked compare(Tracked before, LookCall.Look look, boolean begun) {
    MailboxInfo info = before.info();
    if (look.access() == LookCall.Access.DENIED) {
      if (!before.noAccess() && wanted.covers(info, namespaces)) {
        NameNotice.noAccess(info).write(session);
      }
      return before.withoutAccess();
    }
    if (before.noAccess()) {
      NameNotice.of(info, null).write(session);
    }
    Tracked after = before;
    Counters now = look.counters();
    if (now != null) {
      if (!session.isSelected(info.name())) {
        counters(info, before.counters(), now, begun);
      }
      after = after.with(now);
    }
    Map<EntryName, Long> entries = look.entries();
    if (entries != null) {
      entries(info.name(), before.entries(), entries);
      after = after.with(entries);
    }
    return after;
  }

  private void counters(
      MailboxInfo mailbox, @Nullable Counters before, Counters now, boolean begun) {
    boolean messages = wants(NotifyEvent.MESSAGE_NEW, mailbox);
    boolean flags = wants(NotifyEvent.FLAG_CHANGE, mailbox);
    if (!messages) {
      return;
    }
    Map<String, Long> items = new LinkedHashMap<>();
    if (before == null) {
      if (begun || wanted.status()) {
        all(items, now, flags);
      }
    } else {
      changed(items, before, now, flags);
    }
    if (!items.isEmpty()) {
      status(mailbox.name(), items);
    }
  }

  /** RFC 5465 section 3.1. */
  private void all(Map<String, Long> items, Counters now, boolean flags) {
    items.put("UIDVALIDITY", now.uidValidity());
    items.put("UIDNEXT", now.uidNext());
    items.put("MESSAGES", now.messages());
    if (flags) {
      items.put("UNSEEN", now.unseen());
    }
    if ((flags && session.service().registry().has(CondStore.NAME))
        || CondStore.isEnabled(session)) {
      items.put("HIGHESTMODSEQ", now.modSeq());
    }
  }

  /** RFC 5465 sections 5.1 to 5.3. */
  private void changed(Map<String, Long> items, Counters before, Counters now, boolean flags) {
    boolean condStore = CondStore.isEnabled(session);
    boolean messages = !before.sameMessages(now);
    boolean state = before.modSeq() >= 0 && before.modSeq() != now.modSeq();
    if (before.uidValidity() != now.uidValidity() || (flags && state && condStore)) {
      items.put("UIDVALIDITY", now.uidValidity());
    }
    if (messages) {
      items.put("UIDNEXT", now.uidNext());
      items.put("MESSAGES", now.messages());
    }
    if (flags && before.modSeq() >= 0 && before.unseen() != now.unseen()) {
      items.put("UNSEEN", now.unseen());
    }
    if (condStore && (messages || (flags && state))) {
      items.put("HIGHESTMODSEQ", now.modSeq());
    }
  }

  private void status(MailboxName name, Map<String, Long> items) {
    ResponseEncoder out = session.out().untagged().words("STATUS ");
    out.astring(session.wireName().encode(name)).sp().open();
    boolean first = true;
    for (Map.Entry<String, Long> item : items.entrySet()) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.words(item.getKey()).sp().number(item.getValue());
    }
    out.close().crlf();
  }

  /** Entries of the server may have changed. */
  void serverEntries(@Nullable Map<EntryName, Long> before, Map<EntryName, Long> now) {
    entries(null, before, now);
  }

  /** RFC 5465 sections 5.6 and 5.7, RFC 5464 section 4.4.2. */
  private void entries(
      @Nullable MailboxName name, @Nullable Map<EntryName, Long> before, Map<EntryName, Long> now) {
    if (before == null) {
      return;
    }
    TreeSet<EntryName> changed = new TreeSet<>(before.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(
        entry -> before.containsKey(entry) && before.get(entry).equals(now.get(entry)));
    if (changed.isEmpty()) {
      return;
    }
    ResponseEncoder out = session.out().untagged().words("METADATA ");
    out.astring(name == null ? Octets.EMPTY : session.wireName().encode(name));
    changed.forEach(entry -> out.sp().astring(Octets.utf8(entry.path())));
    out.crlf();
  }
}
