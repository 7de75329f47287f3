package org.posthorn.imap.list;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;

/**
 * LIST with RECURSIVEMATCH (RFC 5258 section 3.5): a matching name is answered when it is selected
 * itself, or when one below is selected that is not answered itself.
 */
final class RecursiveListing {
  private final ListCriteria criteria;
  private final TreeMap<MailboxName, MailboxInfo> mailboxes = new TreeMap<>();
  private final TreeMap<MailboxName, ListEntry> found = new TreeMap<>();

  RecursiveListing(List<MailboxInfo> all, ListCriteria criteria) {
    this.criteria = criteria;
    for (MailboxInfo mailbox : all) {
      mailboxes.put(mailbox.name(), mailbox);
    }
  }

  Collection<ListEntry> entries() {
    Set<MailboxName> superiors = new HashSet<>();
    Set<MailboxName> needed = new HashSet<>();
    for (MailboxInfo mailbox : mailboxes.values()) {
      if (ListSelection.select(criteria.selections(), mailbox)) {
        boolean answered = criteria.matches(mailbox.name());
        if (answered) {
          found.put(mailbox.name(), ListEntry.listed(mailbox, criteria.returns()));
        }
        superiors(mailbox.name(), superiors, answered ? null : needed);
      }
    }
    for (MailboxName name : needed) {
      if (!found.containsKey(name) && criteria.matches(name)) {
        found.put(name, ListEntry.superior(info(name), criteria.returns(), List.of()));
      }
    }
    for (Map.Entry<MailboxName, ListEntry> entry : found.entrySet()) {
      if (superiors.contains(entry.getKey())) {
        entry.setValue(entry.getValue().with(criteria.childInfo()));
      }
    }
    return found.values();
  }

  private static void superiors(
      MailboxName name, Set<MailboxName> all, @Nullable Set<MailboxName> needed) {
    for (MailboxName level = name.parent(); level != null; level = level.parent()) {
      all.add(level);
      if (needed != null) {
        needed.add(level);
      }
    }
  }

  private MailboxInfo info(MailboxName name) {
    MailboxInfo known = mailboxes.get(name);
    return known != null
        ? known
        : new MailboxInfo(
            name, null, 0, MailboxInfo.State.NON_EXISTENT, false, hasChildren(name), Set.of());
  }

  private boolean hasChildren(MailboxName name) {
    for (MailboxInfo below : mailboxes.tailMap(name, false).values()) {
      if (!below.name().startsWith(name)) {
        return false;
      }
      if (below.state() != MailboxInfo.State.NON_EXISTENT) {
        return true;
      }
    }
    return false;
  }
}
