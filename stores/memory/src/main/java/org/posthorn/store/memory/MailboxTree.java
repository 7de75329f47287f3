package org.posthorn.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The names of an account. A name without a mailbox is \Noselect; every superior of a name is a
 * name. Inferiors sort right after their superior. Guarded by the lock of its account.
 */
final class MailboxTree {
  private final TreeMap<MailboxName, Optional<MailboxState>> names = new TreeMap<>();
  private final Set<MailboxName> subscribed = new TreeSet<>();

  int size() {
    return names.size();
  }

  boolean exists(MailboxName name) {
    return names.containsKey(name);
  }

  /** Whether it is a name, and there is a mailbox. */
  boolean isSelectable(MailboxName name) {
    return names.getOrDefault(name, Optional.empty()).isPresent();
  }

  /**
   * The mailbox of that name.
   *
   * @throws StoreException NONEXISTENT; CANNOT when the name has no mailbox
   */
  MailboxState mailbox(MailboxName name) throws StoreException {
    Optional<MailboxState> found = names.get(name);
    if (found == null) {
      throw new StoreException(Code.NONEXISTENT, "No such mailbox");
    }
    return found.orElseThrow(() -> new StoreException(Code.CANNOT, "Mailbox cannot be selected"));
  }

  /** The mailbox of that name; INBOX stands for names that have none. */
  MailboxState known(MailboxName name) throws StoreException {
    return mailbox(isSelectable(name) ? name : MailboxName.INBOX);
  }

  boolean hasChildren(MailboxName name) {
    MailboxName next = names.higherKey(name);
    return next != null && next.startsWith(name);
  }

  void put(MailboxState mailbox) {
    names.put(mailbox.name(), Optional.of(mailbox));
  }

  /** The name stays as long as it has inferiors. */
  void removeMailbox(MailboxName name) {
    if (hasChildren(name)) {
      names.put(name, Optional.empty());
    } else {
      names.remove(name);
    }
  }

  /** The superiors that are not there, the topmost first. */
  List<MailboxName> missingSuperiors(MailboxName name) {
    List<MailboxName> missing = new ArrayList<>();
    MailboxName superior = name.parent();
    while (superior != null && !exists(superior)) {
      missing.add(0, superior);
      superior = superior.parent();
    }
    return missing;
  }

  /** A name and its inferiors. */
  List<MailboxName> family(MailboxName top) {
    List<MailboxName> family = new ArrayList<>();
    for (MailboxName name : names.tailMap(top, true).keySet()) {
      if (!name.startsWith(top)) {
        break;
      }
      family.add(name);
    }
    return family;
  }

  /** Moves one name; what is behind it goes along. */
  void move(MailboxName from, MailboxName to) {
    Optional<MailboxState> moved = names.getOrDefault(from, Optional.empty());
    names.remove(from);
    names.put(to, moved);
    moved.ifPresent(mailbox -> mailbox.rename(to));
  }

  boolean subscribe(MailboxName name) {
    return subscribed.add(name);
  }

  boolean unsubscribe(MailboxName name) {
    return subscribed.remove(name);
  }

  int subscriptions() {
    return subscribed.size();
  }

  MailboxInfo info(MailboxName name) {
    Optional<MailboxState> found = names.get(name);
    boolean isSubscribed = subscribed.contains(name);
    if (found == null) {
      return new MailboxInfo(
          name, null, 0, MailboxInfo.State.NON_EXISTENT, isSubscribed, hasChildren(name), Set.of());
    }
    return found
        .map(mailbox -> info(mailbox))
        .orElseGet(
            () ->
                new MailboxInfo(
                    name,
                    null,
                    0,
                    MailboxInfo.State.NO_SELECT,
                    isSubscribed,
                    hasChildren(name),
                    Set.of()));
  }

  /** Of a mailbox that may be deleted already: then as it was last called. */
  MailboxInfo info(MailboxState mailbox) {
    return new MailboxInfo(
        mailbox.name(),
        mailbox.id,
        mailbox.uidValidity,
        MailboxInfo.State.SELECTABLE,
        subscribed.contains(mailbox.name()),
        hasChildren(mailbox.name()),
        mailbox.specialUse);
  }

  List<MailboxInfo> list(ListQuery query) {
    long depth = (long) query.prefix().size() + query.depth();
    List<MailboxInfo> found = new ArrayList<>();
    for (MailboxName name : query.subscribedOnly() ? subscribed : names.keySet()) {
      List<String> segments = name.segments();
      if (segments.size() <= depth
          && segments.size() >= query.prefix().size()
          && segments.subList(0, query.prefix().size()).equals(query.prefix())) {
        found.add(info(name));
      }
    }
    return found;
  }

  /** All mailboxes, without the names that have none. */
  List<MailboxState> mailboxes() {
    return names.values().stream().flatMap(Optional::stream).toList();
  }
}
