package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * The mailboxes that a client asked to hear of. Hints say where to look; a look finds out how
 * things are, and what is told is the difference to what the client knows.
 */
final class OtherMailboxes {
  /** Mailboxes that one call looks at. */
  private static final int AT_ONCE = 50;

  /** LIST responses between two looks at whether the client reads. */
  private static final int NOTICES_AT_ONCE = 200;

  private final Session session;
  private final NotifySet wanted;
  private final MailboxNotices notices;
  private final OwnNames own = new OwnNames();
  private final Map<MailboxId, MailboxName> names = new HashMap<>();
  private final Set<MailboxId> unwatched = new HashSet<>();
  private final Set<MailboxName> due = new LinkedHashSet<>();
  private SortedMap<MailboxName, Tracked> known = new TreeMap<>();
  private @Nullable AutoCloseable watch;
  private @Nullable Map<EntryName, Long> serverEntries;
  private long seq = -1;
  private boolean structureDue = true;
  private boolean hinted;
  private boolean unexplained;
  private boolean begun;

  /** How a look ends. */
  record Then(Runnable done, Consumer<StoreException> failed, Runnable tooMany) {}

  OtherMailboxes(Session session, NotifySet wanted) {
    this.session = session;
    this.wanted = wanted;
    this.notices = new MailboxNotices(session, wanted);
  }

  /** Whether a look would ask the store for anything. */
  boolean isDue() {
    return structureDue || hinted || !due.isEmpty();
  }

  /** Something may have happened in a mailbox, to its name, or to what hangs on neither. */
  void hint(MailboxId which) {
    MailboxName name = names.get(which);
    hinted = true;
    if (name != null) {
      due.add(name);
      unexplained = true;
    } else if (!unwatched.contains(which)) {
      structureDue = true;
    }
  }

  /** The next look is at everything: a hint may have been lost. */
  void lookAtAll() {
    structureDue = true;
    hinted = true;
    addAllDue();
  }

  private void addAllDue() {
    known.forEach(
        (name, tracked) -> {
          if (tracked.info().selectable()) {
            due.add(name);
          }
        });
  }

  /** What this session's own commands do to names, which it need not be told. */
  OwnNames own() {
    structureDue = true;
    return own;
  }

  /** This session put messages into a mailbox that is not selected. */
  void arrived(MailboxName name, UidSet uids) {
    Tracked tracked = known.get(name);
    Counters counters = tracked == null ? null : tracked.counters();
    if (tracked != null && counters != null && !uids.isEmpty()) {
      known.put(name, tracked.with(counters.with(uids)));
    }
  }

  /** A mailbox is no longer selected: what its client saw last is what it knows. */
  void left(Selected selected) {
    MailboxName name = selected.info().name();
    Tracked tracked = known.get(name);
    if (tracked != null) {
      known.put(
          name,
          tracked.with(
              new Counters(
                  selected.info().uidValidity(),
                  selected.view().size(),
                  selected.lastUid() + 1,
                  0,
                  -1)));
      due.add(name);
    }
  }

  /**
   * Finds out what happened and tells it; the first time, what there is. Where there are more
   * mailboxes than the limits allow nothing is told any more.
   */
  void look(Then then) {
    if (structureDue) {
      structureDue = false;
      session.call(
          new StructureCall(
              session.account(),
              session.effects().hints(),
              wanted.wants(NotifyEvent.SUBSCRIPTION_CHANGE),
              seq),
          structure -> compare(structure, then),
          why -> failed(why, then, Set.of()));
    } else if (isDue()) {
      lookAtSome(then);
    } else {
      begun = true;
      then.done().run();
    }
  }

  private void failed(StoreException why, Then then, Set<MailboxName> missed) {
    structureDue |= missed.isEmpty();
    due.addAll(missed);
    then.failed().accept(why);
  }

  private void compare(StructureCall.Structure structure, Then then) {
    release();
    watch = structure.watch();
    seq = structure.seq();
    notices.namespaces(structure.namespaces());
    NameChanges changes = new NameChanges(wanted, known, structure, own);
    if (changes.watched().size() > session.service().limits().notifying().mailboxes()) {
      then.tooMany().run();
      return;
    }
    List<NameNotice> told = begun ? new ArrayList<>(changes.notices()) : List.of();
    if (begun) {
      changes.lost().forEach(notices::lost);
    }
    adopt(changes, structure.mailboxes());
    own.forget();
    write(told.iterator(), then);
  }

  private void write(Iterator<NameNotice> told, Then then) {
    for (int i = 0; i < NOTICES_AT_ONCE && told.hasNext(); i++) {
      told.next().write(session);
    }
    session.flow().whenWritable(told.hasNext() ? () -> write(told, then) : () -> look(then));
  }

  private void adopt(NameChanges changes, List<MailboxInfo> all) {
    SortedMap<MailboxName, Tracked> before = known;
    known = new TreeMap<>();
    names.clear();
    unwatched.clear();
    due.clear();
    changes
        .watched()
        .forEach(
            (name, info) -> {
              MailboxName oldName = changes.oldName(name);
              Tracked tracked = before.get(oldName == null ? name : oldName);
              known.put(name, tracked == null ? fresh(info) : tracked.with(info));
              if (info.id() != null) {
                names.put(info.id(), name);
              }
            });
    int most = session.service().limits().notifying().mailboxes();
    for (MailboxInfo info : all) {
      // Hints of others' mailboxes may be about rights, so that they are always looked into.
      if (info.id() != null
          && !known.containsKey(info.name())
          && notices.isPersonal(info)
          && unwatched.size() < most) {
        unwatched.add(info.id());
      }
    }
    addAllDue();
  }

  /** Of what was not there before everything is news, unless this session made it. */
  private Tracked fresh(MailboxInfo info) {
    Tracked tracked = Tracked.of(info);
    if (!begun || !info.selectable()) {
      return tracked;
    }
    return own.made(info.name())
        ? tracked.with(Counters.empty(info.uidValidity())).with(Map.of())
        : tracked.with(Map.of());
  }

  private void lookAtSome(Then then) {
    hinted = false;
    List<LookCall.Wanted> some = new ArrayList<>();
    Set<MailboxName> looked = new LinkedHashSet<>();
    for (Iterator<MailboxName> names = due.iterator(); names.hasNext() && some.size() < AT_ONCE; ) {
      MailboxName name = names.next();
      names.remove();
      Tracked tracked = known.get(name);
      if (tracked != null) {
        looked.add(name);
        some.add(
            new LookCall.Wanted(
                name, notices.wants(NotifyEvent.MAILBOX_METADATA_CHANGE, tracked.info())));
      }
    }
    session.call(
        new LookCall(
            session.account(),
            some,
            seq,
            session.service().store().facet(Metadata.class).orElse(null),
            wanted.wants(NotifyEvent.SERVER_METADATA_CHANGE)),
        seen -> seen(seen, then),
        why -> failed(why, then, looked));
  }

  private void seen(LookCall.Seen seen, Then then) {
    boolean explained = seen.namesChanged();
    structureDue |= seen.namesChanged();
    for (LookCall.Look look : seen.looks()) {
      Tracked before = known.get(look.name());
      if (before == null) {
        continue;
      }
      if (look.access() == LookCall.Access.GONE
          || (look.id() != null && !look.id().equals(before.info().id()))) {
        structureDue = true;
        continue;
      }
      Tracked now = notices.compare(before, look, begun);
      explained |= !now.equals(before);
      known.put(look.name(), now);
    }
    Map<EntryName, Long> entries = seen.serverEntries();
    if (entries != null) {
      explained |= !entries.equals(serverEntries);
      notices.serverEntries(serverEntries, entries);
      serverEntries = entries;
    }
    if (due.isEmpty()) {
      // A hint that nothing explains may be about rights: others' mailboxes come and go by them.
      structureDue |= unexplained && !explained && hasRights();
      unexplained = false;
    } else if (explained) {
      unexplained = false;
    }
    session.flow().whenWritable(() -> look(then));
  }

  private boolean hasRights() {
    return session.service().store().facet(Acl.class).isPresent();
  }

  /** Ends the watch. */
  void release() {
    AutoCloseable ended = watch;
    watch = null;
    if (ended != null) {
      session.release(ended);
    }
  }
}
