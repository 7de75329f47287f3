package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;

/**
 * What happened to the names, found by comparing what the client knows with what there is: so many
 * steps as there were are told as one, and a history that was lost does no harm.
 */
final class NameChanges {
  private final NotifySet wanted;
  private final Namespaces namespaces;
  private final SortedMap<MailboxName, Tracked> known;
  private final OwnNames own;
  private final SortedMap<MailboxName, MailboxInfo> there = new TreeMap<>();
  private final SortedMap<MailboxName, MailboxInfo> watched = new TreeMap<>();
  private final SortedMap<MailboxName, MailboxName> oldNames = new TreeMap<>();
  private final Set<MailboxName> toldRenamed = new HashSet<>();
  private final SortedMap<MailboxName, NameNotice> notices = new TreeMap<>();

  NameChanges(
      NotifySet wanted,
      SortedMap<MailboxName, Tracked> known,
      StructureCall.Structure structure,
      OwnNames own) {
    this.wanted = wanted;
    this.namespaces = structure.namespaces();
    this.known = known;
    this.own = own;
    for (MailboxInfo info : structure.mailboxes()) {
      there.put(info.name(), info);
      // What is hinted at without a mailbox of its own is hinted at as INBOX.
      if (wanted.covers(info, namespaces) || info.name().isInbox()) {
        watched.put(info.name(), info);
      }
    }
    findRenamed(structure.changes());
  }

  /** The names to watch from now on. */
  SortedMap<MailboxName, MailboxInfo> watched() {
    return watched;
  }

  /** The name that one had before; null where it had none, or this. */
  @Nullable MailboxName oldName(MailboxName name) {
    return oldNames.get(name);
  }

  /** What the client is to be told. */
  Collection<NameNotice> notices() {
    Collection<MailboxName> names = new TreeSet<>(known.keySet());
    names.addAll(watched.keySet());
    for (MailboxName name : names) {
      if (!oldNames.containsKey(name) && !oldNames.containsValue(name)) {
        compare(name);
      }
    }
    for (Map.Entry<MailboxName, MailboxName> renamed : oldNames.entrySet()) {
      renamed(renamed.getKey(), renamed.getValue());
    }
    return notices.values();
  }

  private void findRenamed(List<AccountChanges.Change> changes) {
    Map<MailboxId, MailboxName> ids = new HashMap<>();
    for (MailboxInfo info : there.values()) {
      if (info.id() != null) {
        ids.put(info.id(), info.name());
      }
    }
    for (Tracked before : known.values()) {
      MailboxName now = before.info().id() == null ? null : ids.get(before.info().id());
      if (now != null && !now.equals(before.info().name())) {
        oldNames.put(now, before.info().name());
      }
    }
    // The history knows as well of names without a mailbox, and of those that come in from outside.
    Map<MailboxName, MailboxName> origins = new HashMap<>();
    for (AccountChanges.Change change : changes) {
      if (change.kind() == AccountChanges.Kind.RENAMED) {
        MailboxName origin = origins.remove(change.oldName());
        origins.put(change.name(), origin == null ? change.oldName() : origin);
      }
    }
    origins.forEach(
        (now, before) -> {
          if (there.containsKey(now)
              && !there.containsKey(before)
              && !known.containsKey(now)
              && !oldNames.containsValue(before)) {
            oldNames.putIfAbsent(now, before);
          }
        });
  }

  /** RFC 5465 section 5.4: of inferiors that move with their superior nothing is said. */
  private void renamed(MailboxName now, MailboxName before) {
    MailboxInfo info = at(now);
    boolean known = (own.made(now) && own.removed(before)) || movedAlong(now, before);
    if (known) {
      toldRenamed.add(now);
    } else if (wants(NotifyEvent.MAILBOX_NAME, info)
        || wants(NotifyEvent.MAILBOX_NAME, was(before))) {
      toldRenamed.add(now);
      notices.put(now, NameNotice.of(info, before));
    }
  }

  private boolean movedAlong(MailboxName now, MailboxName before) {
    MailboxName above = now.parent();
    MailboxName aboveBefore = before.parent();
    return above != null
        && aboveBefore != null
        && toldRenamed.contains(above)
        && Objects.equals(aboveBefore, oldNames.get(above))
        && last(now).equals(last(before));
  }

  private static String last(MailboxName name) {
    return name.segments().get(name.depth() - 1);
  }

  private void compare(MailboxName name) {
    MailboxInfo before = was(name);
    MailboxInfo now = at(name);
    if (existenceChanged(before, now)) {
      Predicate<MailboxInfo> affected = info -> wants(NotifyEvent.MAILBOX_NAME, info);
      if (affected.test(before) || affected.test(now)) {
        notices.put(name, now.selectable() ? NameNotice.of(now, null) : NameNotice.deleted(now));
      }
      MailboxName parent = name.parent();
      if (parent != null && affected.test(at(parent))) {
        notices.putIfAbsent(parent, NameNotice.of(at(parent), null));
      }
      return;
    }
    boolean subscribed = own.subscribed(name, before.subscribed());
    if (subscribed != now.subscribed()
        && (wants(NotifyEvent.SUBSCRIPTION_CHANGE, before)
            || wants(NotifyEvent.SUBSCRIPTION_CHANGE, now))) {
      notices.put(name, NameNotice.of(now, null));
    }
  }

  private boolean existenceChanged(MailboxInfo before, MailboxInfo now) {
    if (own.made(now.name())) {
      return presence(now) == 0;
    }
    if (own.removed(now.name())) {
      return now.selectable();
    }
    if (!known.containsKey(now.name()) && !wanted.coversByName(now, namespaces)) {
      // It was there, and is watched since it was subscribed to.
      return false;
    }
    return presence(before) != presence(now)
        || (before.id() != null && !before.id().equals(now.id()));
  }

  private static int presence(MailboxInfo info) {
    return switch (info.state()) {
      case SELECTABLE -> 2;
      case NO_SELECT -> 1;
      case NON_EXISTENT -> 0;
    };
  }

  private MailboxInfo was(MailboxName name) {
    Tracked before = known.get(name);
    return before == null ? missing(name) : before.info();
  }

  private MailboxInfo at(MailboxName name) {
    MailboxInfo info = there.get(name);
    return info == null ? missing(name) : info;
  }

  /** A name that nothing has. */
  static MailboxInfo missing(MailboxName name) {
    return new MailboxInfo(name, null, 0, MailboxInfo.State.NON_EXISTENT, false, false, Set.of());
  }

  private boolean wants(NotifyEvent event, MailboxInfo info) {
    return wanted.wants(event, info, namespaces);
  }

  /** The watched names that the client knew and that are not there any more. */
  List<MailboxInfo> lost() {
    List<MailboxInfo> lost = new ArrayList<>();
    for (Tracked before : known.values()) {
      if (before.info().selectable()
          && !there.containsKey(before.info().name())
          && !oldNames.containsValue(before.info().name())) {
        lost.add(before.info());
      }
    }
    return lost;
  }
}
