package org.posthorn.store.memory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Item;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Row;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.RestoredCounters;

/** A mailbox. Everything in here is guarded by the lock of its account. */
final class MailboxState {
  /** What a row weighs besides its flags and index, in the terms of {@link PageLimit}. */
  private static final int ROW_OCTETS = 64;

  final MailboxId id;
  final long uidValidity;
  final Set<SpecialUse> specialUse;
  final Lease lease;
  private final MessageTable table = new MessageTable();
  private final LiveUids live = new LiveUids();
  private final ChangeLog changed = new ChangeLog();
  private final VanishedLog vanished;
  private final KeywordRegistry keywords;
  private MailboxName name;
  private boolean gone;
  private long uidNext = 1;
  private long highestModSeq = 1;
  private long recentFrom = 1;

  MailboxState(MailboxName name, Set<SpecialUse> specialUse, Environment environment) {
    this(name, specialUse, environment.nextMailboxId(), environment.nextUidValidity(), environment);
  }

  private MailboxState(
      MailboxName name,
      Set<SpecialUse> specialUse,
      MailboxId id,
      long uidValidity,
      Environment environment) {
    this.name = name;
    this.specialUse = Set.copyOf(specialUse);
    this.id = id;
    this.uidValidity = uidValidity;
    this.vanished = new VanishedLog(environment.limits().vanishedRanges());
    this.keywords = new KeywordRegistry(environment.limits().keywords());
    this.lease = new Lease(environment);
  }

  /** As it was somewhere else, without its messages; nobody knows what vanished there. */
  static MailboxState restored(
      MailboxInfo info, MailboxId id, RestoredCounters counters, Environment environment) {
    MailboxState mailbox =
        new MailboxState(info.name(), info.specialUse(), id, info.uidValidity(), environment);
    mailbox.uidNext = counters.uidNext();
    mailbox.highestModSeq = counters.highestModSeq();
    mailbox.recentFrom = counters.uidNext();
    mailbox.vanished.forgetUpTo(counters.highestModSeq());
    return mailbox;
  }

  MailboxName name() {
    return name;
  }

  void rename(MailboxName newName) {
    name = newName;
  }

  boolean gone() {
    return gone;
  }

  /** What its messages count for a quota. */
  QuotaUse use() {
    return QuotaUse.messages(table.size(), table.octets());
  }

  /** As use, and not from the counters but from each message. */
  QuotaUse counted() {
    long[] sum = {0, 0};
    table.forEach(
        live.set(),
        message -> {
          sum[0]++;
          sum[1] += message.body.size();
        });
    return QuotaUse.messages(sum[0], sum[1]);
  }

  static QuotaUse use(Collection<Message> messages) {
    long octets = 0;
    for (Message message : messages) {
      octets += message.body.size();
    }
    return QuotaUse.messages(messages.size(), octets);
  }

  /** The mailbox was deleted: its bodies are let go, handles find out. */
  void delete() {
    gone = true;
    table.forEach(
        live.set(),
        message -> {
          message.body.release();
          message.thread.release();
        });
  }

  long uidNext() {
    return uidNext;
  }

  long highestModSeq() {
    return highestModSeq;
  }

  List<String> keywords() {
    return keywords.keywords();
  }

  UidSet uids() {
    return live.set();
  }

  long firstUnseen() {
    return table.firstUnseen();
  }

  MessageTable table() {
    return table;
  }

  /** The MODSEQ of the change that is about to be made. */
  long nextModSeq() {
    return ++highestModSeq;
  }

  /** Checks that messages with these flags may come. */
  void checkRoom(long messages, Iterable<Flags> flags) throws StoreException {
    if (uidNext + messages - 1 > UidSet.MAX_UID) {
      throw new StoreException(StoreException.Code.LIMIT, "Mailbox has no UIDs left");
    }
    for (Flags some : flags) {
      keywords.check(some);
    }
  }

  /** Adds a message after {@link #checkRoom}; one hold on the body goes over to it. */
  long add(
      Body body,
      Threads.Discussion thread,
      Flags flags,
      OffsetDateTime internalDate,
      Instant saveDate,
      long modSeq) {
    thread.hold();
    long uid = uidNext++;
    table.add(new Message(uid, modSeq, keywords.note(flags), body, thread, internalDate, saveDate));
    live.add(uid);
    log(modSeq, uid);
    return uid;
  }

  /** Adds a message with the UID and MODSEQ that it had; one hold on the body goes over to it. */
  void restore(
      Row row,
      long modSeq,
      Body body,
      Threads.Discussion thread,
      OffsetDateTime internalDate,
      Instant saveDate) {
    thread.hold();
    table.add(
        new Message(
            row.uid(), modSeq, keywords.note(row.flags()), body, thread, internalDate, saveDate));
    live.add(row.uid());
    changed.addOutOfOrder(modSeq, row.uid());
  }

  private void log(long modSeq, long uid) {
    changed.add(modSeq, uid, table.size(), this::isCurrent);
  }

  private boolean isCurrent(long modSeq, long uid) {
    Message message = table.get(uid);
    return message != null && message.modSeq() == modSeq;
  }

  FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    if (change.mode() != FlagChange.Mode.REMOVE) {
      keywords.check(change.flags());
    }
    List<Message> toChange = new ArrayList<>();
    UidSet.Builder found = UidSet.builder();
    UidSet.Builder refused = UidSet.builder();
    Results results = new Results(change);
    long limit = unchangedSince.orElse(Long.MAX_VALUE);
    table.forEach(
        uids,
        message -> {
          found.add(message.uid);
          if (message.modSeq() > limit) {
            refused.add(message.uid);
          } else if (results.changes(message.flags())) {
            toChange.add(message);
          }
        });
    UidSet.Builder done = UidSet.builder();
    if (!toChange.isEmpty()) {
      long modSeq = nextModSeq();
      for (Message message : toChange) {
        table.change(message, results.of(message.flags()), modSeq);
        log(modSeq, message.uid);
        done.add(message.uid);
      }
    }
    return new FlagsResult(done.build(), refused.build(), uids.minus(found.build()), highestModSeq);
  }

  /** What a change makes of flags; neighbours often have the same, which are the same object. */
  @SuppressWarnings("ReferenceEquality") // equal flags that are two objects cost a look-up, no more
  private final class Results {
    private final FlagChange change;
    private final IdentityHashMap<Flags, Flags> known = new IdentityHashMap<>();
    private @Nullable Flags before;
    private Flags after = Flags.NONE;

    Results(FlagChange change) {
      this.change = change;
    }

    Flags of(Flags flags) {
      if (flags != before) {
        after = known.computeIfAbsent(flags, this::make);
        before = flags;
      }
      return after;
    }

    /** What changes nothing stays the object that it is. */
    private Flags make(Flags flags) {
      Flags changed = change.apply(flags);
      return changed.equals(flags) ? flags : keywords.note(changed);
    }

    boolean changes(Flags flags) {
      return of(flags) != flags;
    }
  }

  /** Takes messages away; their bodies are let go. */
  void remove(List<Message> messages, long modSeq) {
    UidSet.Builder uids = UidSet.builder();
    for (Message message : messages) {
      table.remove(message);
      message.body.release();
      message.thread.release();
      uids.add(message.uid);
    }
    UidSet removed = uids.build();
    live.remove(removed);
    vanished.add(modSeq, removed);
  }

  List<Message> messages(UidSet uids) {
    List<Message> found = new ArrayList<>();
    table.forEach(uids, found::add);
    return found;
  }

  Page list(UidSet uids, PageLimit max, Set<Item> items) {
    List<Row> rows = new ArrayList<>();
    long octets = 0;
    for (UidSet.Range range : uids) {
      Message message = table.ceiling(range.first());
      while (message != null && message.uid <= range.last()) {
        if (rows.size() == max.rows() || (octets > max.bytes() && !rows.isEmpty())) {
          return new Page(rows, message.uid);
        }
        rows.add(message.row(items));
        octets += ROW_OCTETS + message.flags().imap().length;
        octets += items.contains(Item.INDEX) ? message.body.indexOctets() : 0;
        message = table.ceiling(message.uid + 1);
      }
    }
    return new Page(rows, 0);
  }

  /** Collects what changed after a position; gives the position reached, null at the end. */
  @Nullable Cursor changedAfter(Cursor from, PageLimit max, Consumer<Row> rows) {
    int count = 0;
    long octets = 0;
    Cursor reached = from;
    for (int i = changed.firstAfter(from); i < changed.size(); i++) {
      Message message = table.get(changed.uid(i));
      if (message != null && message.modSeq() == changed.modSeq(i)) {
        if (count == max.rows() || (octets > max.bytes() && count > 0)) {
          return reached;
        }
        rows.accept(message.row(Set.of()));
        count++;
        octets += ROW_OCTETS + message.flags().imap().length;
        reached = new Cursor(message.modSeq(), message.uid);
      }
    }
    return null;
  }

  VanishedLog vanished() {
    return vanished;
  }

  /** The first UID that nobody claimed as recent; claims all from there on if asked to. */
  long recentFrom(boolean claim) {
    long first = recentFrom;
    if (claim) {
      recentFrom = uidNext;
    }
    return first;
  }

  Map<StatusItem, Long> status(Set<StatusItem> items) {
    Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
    for (StatusItem item : items) {
      values.put(
          item,
          switch (item) {
            case MESSAGES -> (long) table.size();
            case RECENT -> table.countFrom(recentFrom);
            case UIDNEXT -> uidNext;
            case UIDVALIDITY -> uidValidity;
            case UNSEEN -> table.unseen();
            case DELETED -> table.deleted();
            case SIZE -> table.octets();
            case DELETED_STORAGE -> table.deletedOctets();
            case HIGHESTMODSEQ -> highestModSeq;
          });
    }
    return values;
  }
}
