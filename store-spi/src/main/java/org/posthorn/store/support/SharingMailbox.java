package org.posthorn.store.support;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Changes;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Cursor;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Replaced;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** A mailbox with rights; copies go wherever there is a right to insert. */
final class SharingMailbox implements Mailbox {
  /** Who has none of these can only read. */
  static final Rights CHANGING =
      Rights.of(Right.SEEN, Right.WRITE, Right.INSERT, Right.DELETE_MESSAGES, Right.EXPUNGE);

  private final Sharing sharing;
  private final Identity who;
  private final Place place;
  private final Mailbox bare;

  SharingMailbox(Sharing sharing, Identity who, Place place, Mailbox bare) {
    this.sharing = sharing;
    this.who = who;
    this.place = place;
    this.bare = bare;
  }

  /** The store's own handle behind one of these. */
  static Mailbox unwrapped(Mailbox mailbox) {
    return mailbox instanceof SharingMailbox sharing ? sharing.bare : mailbox;
  }

  /** The message to replace goes, so that takes the rights to remove it. */
  static Optional<Replaced> unwrapped(Optional<Replaced> replaces) throws StoreException {
    if (replaces.isEmpty() || !(replaces.get().mailbox() instanceof SharingMailbox mailbox)) {
      return replaces;
    }
    mailbox.require(Right.DELETE_MESSAGES);
    mailbox.require(Right.EXPUNGE);
    return Optional.of(new Replaced(mailbox.bare, replaces.get().uid()));
  }

  Place place() {
    return place;
  }

  private void require(Right right) throws StoreException {
    Sharing.require(present(), right);
  }

  /** What is taken from others while they have a mailbox open is gone at once. */
  private Rights present() throws StoreException {
    return isOwn() ? place.rights() : sharing.rights(who, place.owner(), place.id());
  }

  private MailboxInfo seen(MailboxInfo info) {
    return OthersList.seen(who, place.owner(), info);
  }

  private boolean isOwn() {
    return place.owner().equals(who.account());
  }

  @Override
  public MailboxInfo info() {
    return seen(bare.info());
  }

  @Override
  public Access access() {
    return bare.access();
  }

  @Override
  public Rights rights() {
    return place.rights();
  }

  @Override
  public Snapshot snapshot() throws StoreException {
    Snapshot cut = bare.snapshot();
    return isOwn()
        ? cut
        : new Snapshot(
            seen(cut.info()),
            cut.uids(),
            cut.uidNext(),
            cut.highestModSeq(),
            cut.firstUnseenUid(),
            cut.keywords());
  }

  @Override
  public Page list(UidSet uids, PageLimit max, Set<Item> items) throws StoreException {
    return bare.list(uids, max, items);
  }

  @Override
  public Optional<UidSet> flagged(SystemFlag flag, boolean set, UidSet among)
      throws StoreException {
    return bare.flagged(flag, set, among);
  }

  @Override
  public Changes changesSince(Cursor from, PageLimit max) throws StoreException {
    Changes changes = bare.changesSince(from, max);
    return isOwn()
        ? changes
        : new Changes(
            changes.changed(),
            changes.vanished(),
            changes.next(),
            changes.more(),
            changes.historyLost(),
            changes.mailboxGone(),
            seen(changes.info()),
            changes.uidNext(),
            changes.highestModSeq());
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    return bare.content(uid);
  }

  @Override
  public FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    Rights rights = present();
    return rights.equals(Rights.ALL)
        ? bare.storeFlags(uids, change, unchangedSince)
        : new PermittedFlags(bare, rights).store(uids, change, unchangedSince);
  }

  @Override
  public CopyResult copy(UidSet uids, MailboxName destination) throws StoreException {
    Place target = sharing.place(who, destination, Right.INSERT);
    if (!target.owner().equals(place.owner())) {
      try (Account account = sharing.openOwner(who, target.owner())) {
        return CrossCopy.copy(who, bare, uids, account, target);
      }
    }
    return toDestination(bare.copy(uids, target.name()), target);
  }

  @Override
  public CopyResult move(UidSet uids, MailboxName destination) throws StoreException {
    require(Right.DELETE_MESSAGES);
    require(Right.EXPUNGE);
    Place target = sharing.place(who, destination, Right.INSERT);
    if (!target.owner().equals(place.owner())) {
      if (access() == Access.READ) {
        throw new StoreException(Code.READ_ONLY, "the mailbox was opened for reading");
      }
      try (Account account = sharing.openOwner(who, target.owner())) {
        return CrossCopy.move(who, sharing.store().journal(), place, bare, uids, account, target);
      }
    }
    return toDestination(bare.move(uids, target.name()), target);
  }

  /** Flags that the copies may not have are gone before the answer. */
  private CopyResult toDestination(CopyResult result, Place target) throws StoreException {
    if (!target.rights().equals(Rights.ALL) && !result.copies().isEmpty()) {
      try (Account account = sharing.openOwner(who, target.owner());
          Mailbox there = account.open(target.name(), Access.WRITE)) {
        PermittedFlags.strip(there, result.copies(), target.rights());
      }
    }
    return new CopyResult(
        OthersList.seen(who, target.owner(), result.destination()),
        result.source(),
        result.copies(),
        result.gone(),
        result.sourceModSeq());
  }

  @Override
  public Expunged expungeDeleted(UidSet among) throws StoreException {
    require(Right.EXPUNGE);
    return bare.expungeDeleted(among);
  }

  @Override
  public Expunged remove(UidSet uids) throws StoreException {
    require(Right.DELETE_MESSAGES);
    require(Right.EXPUNGE);
    return bare.remove(uids);
  }

  @Override
  public long claimRecent() throws StoreException {
    return bare.claimRecent();
  }

  @Override
  public void putIndex(long uid, MessageIndex index) throws StoreException {
    bare.putIndex(uid, index);
  }

  @Override
  public void close() throws StoreException {
    bare.close();
  }
}
