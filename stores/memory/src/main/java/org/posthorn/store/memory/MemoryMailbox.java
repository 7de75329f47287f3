package org.posthorn.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Access;
import org.posthorn.store.Changes;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Cursor;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** A handle on a mailbox. */
final class MemoryMailbox implements Mailbox {
  private final AccountMail account;
  private final MailboxState state;
  private final Access access;
  private final MailboxInfo info;

  private MemoryMailbox(AccountMail account, MailboxState state, Access access) {
    this.account = account;
    this.state = state;
    this.access = access;
    this.info = account.tree.info(state);
  }

  /** Under the account's lock. */
  static MemoryMailbox open(AccountMail account, MailboxState state, Access access)
      throws StoreException {
    MemoryMailbox mailbox = new MemoryMailbox(account, state, access);
    if (access == Access.EXCLUSIVE) {
      state.lease.take(mailbox);
    }
    return mailbox;
  }

  /** Under the lock of that account, which is to be the same; see {@link MemoryAppendGroup}. */
  MailboxState stateIn(AccountMail expected) throws StoreException {
    if (!account.equals(expected)) {
      throw new StoreException(Code.CANNOT, "Message is in another account");
    }
    checkWritable();
    checkHeld();
    return state;
  }

  private void checkHeld() throws StoreException {
    if (state.gone()) {
      throw new StoreException(Code.NONEXISTENT, "Mailbox is gone");
    }
    if (access == Access.EXCLUSIVE) {
      state.lease.renew(this);
    }
  }

  private void checkWritable() throws StoreException {
    if (access == Access.READ) {
      throw new StoreException(Code.READ_ONLY, "Mailbox is open for reading only");
    }
  }

  private <T> T read(AccountMail.Action<T> action) throws StoreException {
    return account.read(
        () -> {
          checkHeld();
          return action.run();
        });
  }

  private <T> T change(AccountMail.Change<T> change) throws StoreException {
    checkWritable();
    return account.change(
        touched -> {
          checkHeld();
          return change.run(touched);
        });
  }

  @Override
  public MailboxInfo info() {
    return info;
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public Snapshot snapshot() throws StoreException {
    return read(
        () ->
            new Snapshot(
                account.tree.info(state),
                state.uids(),
                state.uidNext(),
                state.highestModSeq(),
                state.firstUnseen(),
                state.keywords()));
  }

  @Override
  public Page list(UidSet uids, PageLimit max, Set<Item> items) throws StoreException {
    return read(() -> state.list(uids, max, items));
  }

  @Override
  public Optional<UidSet> flagged(SystemFlag flag, boolean set, UidSet among)
      throws StoreException {
    return Optional.of(read(() -> state.table().flagged(flag, set, among)));
  }

  @Override
  public Changes changesSince(Cursor from, PageLimit max) throws StoreException {
    return account.locked(
        () -> {
          if (!state.gone()) {
            checkHeld();
          }
          List<Row> rows = new ArrayList<>();
          Cursor reached = state.gone() ? null : state.changedAfter(from, max, rows::add);
          Cursor next = reached == null ? Cursor.after(state.highestModSeq()) : reached;
          return new Changes(
              rows,
              state.vanished().between(from, next),
              next,
              reached != null,
              state.vanished().isLostAfter(from),
              state.gone(),
              account.tree.info(state),
              state.uidNext(),
              state.highestModSeq());
        });
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    return read(() -> new MemoryContent(message(uid).body));
  }

  private Message message(long uid) throws StoreException {
    Message message = state.table().get(uid);
    if (message == null) {
      throw new StoreException(Code.EXPUNGED, "Message is gone");
    }
    return message;
  }

  @Override
  public FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    return change(
        touched -> {
          FlagsResult result = state.storeFlags(uids, change, unchangedSince);
          if (!result.changed().isEmpty()) {
            touched.add(state);
          }
          return result;
        });
  }

  @Override
  public CopyResult copy(UidSet uids, MailboxName destination) throws StoreException {
    return account.change(
        touched -> {
          checkHeld();
          MailboxState target = account.tree.mailbox(destination);
          Transfer transfer = new Transfer(state, target, uids);
          UidSet copies = account.resized(transfer.use(), () -> transfer.copy(now()));
          if (!transfer.isEmpty()) {
            touched.add(target);
          }
          return result(transfer, target, uids, copies, 0);
        });
  }

  @Override
  public CopyResult move(UidSet uids, MailboxName destination) throws StoreException {
    return change(
        touched -> {
          MailboxState target = account.tree.mailbox(destination);
          Transfer transfer = new Transfer(state, target, uids);
          UidSet copies = transfer.move(now());
          if (!transfer.isEmpty()) {
            touched.add(target);
            touched.add(state);
          }
          return result(transfer, target, uids, copies, state.highestModSeq());
        });
  }

  private CopyResult result(
      Transfer transfer, MailboxState target, UidSet asked, UidSet copies, long sourceModSeq) {
    UidSet found = transfer.found();
    return new CopyResult(
        account.tree.info(target), found, copies, asked.minus(found), sourceModSeq);
  }

  private Instant now() {
    return account.environment.clock().instant();
  }

  @Override
  public Expunged expungeDeleted(UidSet among) throws StoreException {
    return change(
        touched -> {
          List<Message> deleted = new ArrayList<>();
          state.table().forEachDeleted(among, deleted::add);
          return remove(deleted, touched);
        });
  }

  @Override
  public Expunged remove(UidSet uids) throws StoreException {
    return change(touched -> remove(state.messages(uids), touched));
  }

  private Expunged remove(List<Message> messages, Watches.Touched touched) throws StoreException {
    UidSet.Builder uids = UidSet.builder();
    if (!messages.isEmpty()) {
      messages.forEach(message -> uids.add(message.uid));
      account.resized(
          QuotaUse.NONE.minus(MailboxState.use(messages)),
          () -> {
            state.remove(messages, state.nextModSeq());
            return state;
          });
      touched.add(state);
    }
    return new Expunged(uids.build(), state.highestModSeq());
  }

  @Override
  public long claimRecent() throws StoreException {
    return read(() -> state.recentFrom(access != Access.READ));
  }

  @Override
  public void putIndex(long uid, MessageIndex index) throws StoreException {
    read(
        () -> {
          message(uid).body.renewIndex(index);
          return true;
        });
  }

  @Override
  public void close() throws StoreException {
    if (access == Access.EXCLUSIVE) {
      account.locked(
          () -> {
            state.lease.release(this);
            return true;
          });
    }
  }
}
