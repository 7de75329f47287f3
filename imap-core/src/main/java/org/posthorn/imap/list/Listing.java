package org.posthorn.imap.list;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Namespaces.Namespace;

/** Which of the names that a store gave LIST and LSUB answer, in the store's order. */
public final class Listing {

  private Listing() {}

  /**
   * The LIST responses (RFC 5258 section 3.3).
   *
   * @param mailboxes what the store gave for {@link ListCriteria#queries}
   */
  public static Collection<ListEntry> list(List<MailboxInfo> mailboxes, ListCriteria criteria) {
    return criteria.recursive()
        ? new RecursiveListing(mailboxes, criteria).entries()
        : matching(mailboxes, criteria);
  }

  private static Collection<ListEntry> matching(
      List<MailboxInfo> mailboxes, ListCriteria criteria) {
    Map<MailboxName, ListEntry> found = new LinkedHashMap<>();
    for (MailboxInfo mailbox : mailboxes) {
      if (ListSelection.select(criteria.selections(), mailbox)
          && criteria.matches(mailbox.name())) {
        found.put(mailbox.name(), ListEntry.listed(mailbox, criteria.returns()));
      }
    }
    return found.values();
  }

  /**
   * The LSUB responses (RFC 3501 section 6.3.9). After a final {@code %} a level that is not itself
   * subscribed but has subscribed inferiors is shown as \Noselect.
   */
  public static Collection<ListEntry> subscribed(List<MailboxInfo> mailboxes, ListPattern pattern) {
    Map<MailboxName, ListEntry> found = new LinkedHashMap<>();
    for (MailboxInfo mailbox : mailboxes) {
      if (!mailbox.subscribed()) {
        continue;
      }
      if (pattern.matches(mailbox.name())) {
        found.put(mailbox.name(), ListEntry.subscribed(mailbox));
      } else if (pattern.endsWithinLevel()) {
        addLevels(mailbox.name(), pattern, found);
      }
    }
    return found.values();
  }

  private static void addLevels(
      MailboxName name, ListPattern pattern, Map<MailboxName, ListEntry> found) {
    for (@Nullable MailboxName level = name.parent(); level != null; level = level.parent()) {
      if (pattern.matches(level)) {
        found.putIfAbsent(level, ListEntry.level(level));
      }
    }
  }

  /**
   * The root of the names that a reference speaks of, for {@code LIST reference ""}: the prefix of
   * its namespace.
   */
  public static String root(String reference, Namespaces namespaces) {
    String root = "";
    for (List<Namespace> kind :
        List.of(namespaces.personal(), namespaces.otherUsers(), namespaces.shared())) {
      for (Namespace namespace : kind) {
        String prefix = namespace.prefix();
        if (reference.startsWith(prefix) && prefix.length() > root.length()) {
          root = prefix;
        }
      }
    }
    return root;
  }
}
