package org.posthorn.imap;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.posthorn.imap.context.Contexts;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.store.Cursor;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Rights;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * The selected mailbox as its client sees it. The view moves in {@link Sync} alone; commands read
 * it and leave notes.
 */
public final class Selected implements AutoCloseable {
  private static final long NONE_UNTOLD = Long.MAX_VALUE;

  private final Mailbox mailbox;
  private final AutoCloseable watch;
  private final boolean readOnly;
  private final TreeSet<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final OwnChanges own = new OwnChanges();
  private final Contexts contexts = new Contexts();
  private MailboxInfo info;
  private Rights rights = Rights.ALL;
  private UidSet view;
  private UidSet recent;
  private UidSet vanished = UidSet.EMPTY;
  private UidSet saved = UidSet.EMPTY;
  private Cursor cursor;
  private final boolean modSeqs;
  private long lastUid;
  private long heldModSeq;
  private long spokenModSeq;
  private boolean toldVanished;
  private long untoldFlags = NONE_UNTOLD;
  private boolean dirty;

  /**
   * @param watch gives hints for this mailbox
   * @param firstRecent UID from which on messages are \Recent for this session
   */
  public Selected(
      Mailbox mailbox, AutoCloseable watch, boolean readOnly, Snapshot snapshot, long firstRecent) {
    this.mailbox = mailbox;
    this.watch = watch;
    this.readOnly = readOnly;
    this.info = snapshot.info();
    this.view = snapshot.uids();
    this.recent = from(view, firstRecent);
    this.cursor = snapshot.cursor();
    this.lastUid = snapshot.uidNext() - 1;
    this.modSeqs = snapshot.highestModSeq() > 0;
    keywords.addAll(snapshot.keywords());
  }

  /** The open mailbox, for calls. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Name and identity. */
  public MailboxInfo info() {
    return info;
  }

  /** Whether it was opened by EXAMINE. */
  public boolean readOnly() {
    return readOnly;
  }

  /** What the user may do in it, as far as it is open for writing (RFC 4314). */
  public Rights rights() {
    return rights;
  }

  /** Some of what is done in a mailbox is not permitted to this user. */
  public void permit(Rights newRights) {
    rights = newRights;
  }

  /** The messages that the client knows of, by sequence number. */
  public UidSet view() {
    return view;
  }

  /** The messages that are \Recent for this session. */
  public UidSet recent() {
    return recent;
  }

  /** Messages of the view that are gone, but of which the client has not been told. */
  public UidSet vanished() {
    return vanished;
  }

  /** The sequence number of a message of the view, from 1. */
  public long sequence(long uid) {
    return view.rank(uid) + 1;
  }

  /** The messages named, as far as the view has them. */
  public UidSet resolve(MessageSet set, boolean byUid) {
    if (set.isSavedResult()) {
      return saved();
    }
    return byUid ? set.byUid(view) : set.bySequence(view);
  }

  /** What {@code $} stands for (RFC 5182), as far as it is still in the view. */
  public UidSet saved() {
    return saved.intersect(view);
  }

  /** Remembers the result of a search as {@code $}. */
  public void save(UidSet result) {
    saved = result;
  }

  /** The results of searches that are kept up to date. */
  public Contexts contexts() {
    return contexts;
  }

  /** Keywords known in this mailbox. */
  public Collection<String> keywords() {
    return List.copyOf(keywords);
  }

  /** MODSEQ up to which the client has been told of changes, or will be before its next command. */
  public long toldModSeq() {
    return cursor.modSeq();
  }

  /** Whether the store keeps MODSEQs of this mailbox; else NOMODSEQ is told. */
  public boolean hasModSeqs() {
    return modSeqs;
  }

  /** MODSEQ up to which the client has been told of everything, what vanished included. */
  public long highestModSeq() {
    return Math.min(vanished.isEmpty() ? complete(cursor) : heldModSeq, untoldFlags);
  }

  private static long complete(Cursor cursor) {
    return cursor.uid() == Long.MAX_VALUE ? cursor.modSeq() : cursor.modSeq() - 1;
  }

  /** A response tells the client of a message with this MODSEQ. */
  public void spoke(long modSeq) {
    told(modSeq);
    // It is newer than what the client was told of: there may be more before it.
    dirty |= modSeq > cursor.modSeq();
  }

  /** An unasked response tells the client of a message with this MODSEQ. */
  void told(long modSeq) {
    spokenModSeq = Math.max(spokenModSeq, modSeq);
  }

  /** Whether the client has to be told how far it may trust the MODSEQs it saw; asks once. */
  public boolean owesHighestModSeq() {
    boolean owes = toldVanished || spokenModSeq > highestModSeq();
    toldVanished = false;
    spokenModSeq = 0;
    return owes && modSeqs;
  }

  /** The sequence numbers of messages of the view. */
  public UidSet numbers(UidSet uids) {
    UidSet.Builder numbers = UidSet.builder();
    for (int i = 0; i < uids.rangeCount(); i++) {
      // All of the range is in the view, so its sequence numbers are consecutive.
      long first = sequence(uids.rangeFirst(i));
      numbers.addRange(first, first + uids.rangeLast(i) - uids.rangeFirst(i));
    }
    return numbers.build();
  }

  /** The next permitted point has to look for changes. */
  public void touch() {
    dirty = true;
  }

  /** The client knows, or does not want to know, of a change that this session made. */
  public void own(long modSeq, UidSet uids) {
    if (uids.isEmpty()) {
      return;
    }
    if (modSeq - 1 == complete(cursor) && contexts.isEmpty()) {
      // Nothing else happened since: there is nothing to look for among these messages.
      cursor = Cursor.after(modSeq);
    } else {
      own.flagged(modSeq, uids);
    }
    dirty = true;
  }

  /** This session put messages here. */
  public void arrived(UidSet uids) {
    own.arrived(uids);
    dirty = true;
  }

  /** Which of those that came this session put here; asks once. */
  UidSet takeOwnArrivals() {
    return own.takeArrived();
  }

  /** This session took messages away. */
  public void removed(UidSet uids) {
    own.removed(uids);
    dirty = true;
  }

  /** Tells the client of keywords that are new in this mailbox. */
  public void announceKeywords(Session session, Flags flags) {
    if (learn(flags)) {
      MailboxFlags.write(session, this);
    }
  }

  /** Notes keywords; returns whether there was a new one among them. */
  boolean learn(Flags flags) {
    return keywords.addAll(flags.keywords());
  }

  boolean dirty() {
    return dirty;
  }

  boolean is(MailboxId which) {
    return which.equals(info.id());
  }

  Cursor cursor() {
    return cursor;
  }

  /** The greatest UID that the client could know of. */
  public long lastUid() {
    return lastUid;
  }

  /** Whether the client knows of this state of a message because it made it. */
  boolean isOwn(Row row) {
    return own.made(row);
  }

  /** What this session took away since the last look; asks once. */
  UidSet takeRemoved() {
    return own.takeRemoved();
  }

  /** Flags beyond what was told so far are passed over. */
  void passOverFlags() {
    passOverFlags(complete(cursor));
  }

  /** Flags that changed after this MODSEQ are passed over. */
  void passOverFlags(long after) {
    untoldFlags = Math.min(untoldFlags, after);
  }

  /** MODSEQ after which flags were passed over, {@link Long#MAX_VALUE} for none; asks once. */
  long takeUntoldFlags() {
    long taken = untoldFlags;
    untoldFlags = NONE_UNTOLD;
    return taken;
  }

  // The moves of the view, all of them made by Sync.

  void clean() {
    dirty = false;
  }

  void advance(Cursor to, MailboxInfo newInfo) {
    cursor = to;
    info = newInfo;
    own.toldUpTo(to);
  }

  void hold(UidSet gone) {
    UidSet held = gone.intersect(view);
    if (vanished.isEmpty() && !held.isEmpty()) {
      heldModSeq = complete(cursor);
    }
    vanished = vanished.union(held);
  }

  /** Takes what vanished out of the view. */
  UidSet expunge() {
    UidSet gone = vanished;
    view = view.minus(gone);
    recent = recent.minus(gone);
    vanished = UidSet.EMPTY;
    toldVanished |= !gone.isEmpty();
    return gone;
  }

  /** Takes what vanished out of the view and gives the sequence numbers, highest first. */
  void expungeByNumber(LongConsumer numbers) {
    for (int i = vanished.rangeCount() - 1; i >= 0; i--) {
      // All of the range is in the view, so its sequence numbers are consecutive.
      long first = sequence(vanished.rangeFirst(i));
      long last = first + vanished.rangeLast(i) - vanished.rangeFirst(i);
      for (long number = last; number >= first; number--) {
        numbers.accept(number);
      }
    }
    view = view.minus(vanished);
    recent = recent.minus(vanished);
    vanished = UidSet.EMPTY;
  }

  /** Puts new messages at the end of the view; returns false when they do not belong there. */
  boolean append(UidSet arrived, long firstRecent) {
    if (arrived.isEmpty()) {
      return true;
    }
    if (arrived.first() <= lastUid) {
      return false;
    }
    view = view.union(arrived);
    recent = recent.union(from(arrived, firstRecent));
    lastUid = arrived.last();
    return true;
  }

  private static UidSet from(UidSet uids, long first) {
    return first > UidSet.MAX_UID ? UidSet.EMPTY : uids.clamp(first, UidSet.MAX_UID);
  }

  @Override
  public void close() throws StoreException {
    try {
      watch.close();
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      throw StoreException.of(e);
    } finally {
      mailbox.close();
    }
  }
}
