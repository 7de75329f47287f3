package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/** LIST of what others share: only what may be looked up, as if there were nothing else. */
final class OthersList {
  private final Sharing sharing;
  private final Account own;

  OthersList(Sharing sharing, Account own) {
    this.sharing = sharing;
    this.own = own;
  }

  /** The personal names and those of others. */
  List<MailboxInfo> addTo(List<MailboxInfo> personal, ListQuery query) throws StoreException {
    List<String> sharers = sharing.sharers(own.identity());
    if (sharers.isEmpty()
        || !(query.prefix().isEmpty() || query.prefix().get(0).equals(Sharing.OTHERS))) {
      return personal;
    }
    Map<MailboxName, MailboxInfo> found = new TreeMap<>();
    Set<MailboxName> subscribed = new HashSet<>();
    for (MailboxInfo info : own.list(new ListQuery(List.of(), Integer.MAX_VALUE, true))) {
      subscribed.add(info.name());
    }
    for (String sharer : sharers) {
      if (sharing.store().exists(sharer)) {
        addOf(sharer, subscribed, found);
      }
    }
    List<MailboxInfo> all = new ArrayList<>();
    for (MailboxInfo info : personal) {
      if (!found.containsKey(info.name())) {
        all.add(info);
      }
    }
    for (MailboxInfo info : found.values()) {
      if (matches(query, info)) {
        all.add(info);
      }
    }
    all.sort(Comparator.comparing(MailboxInfo::name));
    return all;
  }

  private void addOf(
      String sharer, Set<MailboxName> subscribed, Map<MailboxName, MailboxInfo> found)
      throws StoreException {
    try (Account account = sharing.openOwner(own.identity(), sharer)) {
      for (MailboxInfo info : account.list(ListQuery.ALL)) {
        MailboxId id = info.id();
        MailboxName name = Sharing.outer(sharer, info.name());
        if (id != null
            && name != null
            && sharing.rights(own.identity(), sharer, id).has(Right.LOOKUP)) {
          found.put(name, renamed(info, name, subscribed.contains(name)));
          addBeginnings(name, subscribed, found);
        }
      }
    }
  }

  /** The first two levels are names without a mailbox. */
  private static void addBeginnings(
      MailboxName name, Set<MailboxName> subscribed, Map<MailboxName, MailboxInfo> found) {
    for (int depth = 1; depth <= 2; depth++) {
      MailboxName beginning = MailboxName.of(name.segments().subList(0, depth));
      found.putIfAbsent(
          beginning,
          new MailboxInfo(
              beginning, null, 0, State.NO_SELECT, subscribed.contains(beginning), true, Set.of()));
    }
  }

  private static boolean matches(ListQuery query, MailboxInfo info) {
    List<String> segments = info.name().segments();
    int prefix = query.prefix().size();
    return segments.size() >= prefix
        && segments.size() - prefix <= query.depth()
        && segments.subList(0, prefix).equals(query.prefix())
        && (info.subscribed() || !query.subscribedOnly());
  }

  /** A mailbox as somebody sees it; of whether others' are subscribed to, LIST tells. */
  static MailboxInfo seen(Identity who, String owner, MailboxInfo info) {
    MailboxName outer = owner.equals(who.account()) ? null : Sharing.outer(owner, info.name());
    return outer == null ? info : renamed(info, outer, false);
  }

  /** A special use is its owner's. */
  private static MailboxInfo renamed(MailboxInfo info, MailboxName name, boolean subscribed) {
    return new MailboxInfo(
        name,
        info.id(),
        info.uidValidity(),
        info.state(),
        subscribed,
        info.hasChildren(),
        Set.of());
  }

  /** What of a wish to watch lies in another user's account. */
  static Optional<WatchSpec> within(WatchSpec what, String owner) {
    if (!(what instanceof WatchSpec.Subtree subtree)) {
      return Optional.of(what);
    }
    List<String> prefix = subtree.prefix();
    if (prefix.isEmpty() || (prefix.size() == 1 && prefix.get(0).equals(Sharing.OTHERS))) {
      return Optional.of(new WatchSpec.Subtree(List.of()));
    }
    return prefix.get(0).equals(Sharing.OTHERS) && prefix.get(1).equals(owner)
        ? Optional.of(new WatchSpec.Subtree(prefix.subList(2, prefix.size())))
        : Optional.empty();
  }
}
