package org.posthorn.imap.notify;

import java.util.Set;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;

/** Which mailboxes are to be watched (RFC 5465: filter-mailboxes-other). Immutable. */
sealed interface MailboxFilter {

  /**
   * Whether a mailbox, or a name without one, is meant.
   *
   * @param namespaces as the user has them now
   */
  boolean covers(MailboxInfo mailbox, Namespaces namespaces);

  /**
   * Whether a name may be meant whether or not it is subscribed to; where not, a name that comes to
   * be meant is not a new one.
   */
  default boolean goesByName() {
    return true;
  }

  /**
   * RFC 5465 sections 6.2 and 6.3: a filter at delivery may choose any mailbox, so that "inboxes"
   * are the same.
   */
  record Personal() implements MailboxFilter {
    @Override
    public boolean covers(MailboxInfo mailbox, Namespaces namespaces) {
      return mailbox.selectable() && isPersonal(mailbox.name(), namespaces);
    }

    private static boolean isPersonal(MailboxName name, Namespaces namespaces) {
      return namespaces.otherUsers().stream().noneMatch(other -> isWithin(name, other))
          && namespaces.shared().stream().noneMatch(other -> isWithin(name, other));
    }

    private static boolean isWithin(MailboxName name, Namespaces.Namespace namespace) {
      return (name.path() + MailboxName.DELIMITER).startsWith(namespace.prefix());
    }
  }

  /** RFC 5465 section 6.4. */
  record Subscribed() implements MailboxFilter {
    @Override
    public boolean covers(MailboxInfo mailbox, Namespaces namespaces) {
      return mailbox.subscribed();
    }

    @Override
    public boolean goesByName() {
      return false;
    }
  }

  /** RFC 5465 section 6.5: these and what is below them. */
  record Subtrees(Set<MailboxName> roots) implements MailboxFilter {
    public Subtrees {
      roots = Set.copyOf(roots);
    }

    @Override
    public boolean covers(MailboxInfo mailbox, Namespaces namespaces) {
      for (MailboxName name = mailbox.name(); name != null; name = name.parent()) {
        if (roots.contains(name)) {
          return true;
        }
      }
      return false;
    }
  }

  /** RFC 5465 section 6.6: these alone. */
  record Named(Set<MailboxName> names) implements MailboxFilter {
    public Named {
      names = Set.copyOf(names);
    }

    @Override
    public boolean covers(MailboxInfo mailbox, Namespaces namespaces) {
      return names.contains(mailbox.name());
    }
  }
}
