package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.Append;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Restoration;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.RestoredCounters;

/**
 * A mailbox that comes back as it was, see {@link Restoration}. Its messages wait for the commit.
 */
final class MemoryRestoreGroup implements Restoration.RestoreGroup {
  private record Staged(Row row, Body body) {}

  private final AccountMail account;
  private final MailboxInfo info;
  private final MailboxId id;
  private final RestoredCounters wanted;
  private final TreeMap<Long, Staged> staged = new TreeMap<>();
  private final List<BodyWriter> open = new ArrayList<>();
  private long lastUid;

  private MemoryRestoreGroup(
      AccountMail account, MailboxInfo info, MailboxId id, RestoredCounters wanted) {
    this.account = account;
    this.info = info;
    this.id = id;
    this.wanted = wanted;
  }

  static MemoryRestoreGroup begin(
      AccountMail account, MailboxInfo info, long uidNext, long highestModSeq)
      throws StoreException {
    MailboxId id = info.id();
    if (id == null) {
      throw new StoreException(Code.CANNOT, "Mailbox has no identity");
    }
    RestoredCounters wanted = RestoredCounters.of(uidNext, highestModSeq);
    MemoryRestoreGroup group = new MemoryRestoreGroup(account, info, id, wanted);
    return account.read(
        () -> {
          group.checkIdentity();
          return group;
        });
  }

  private void checkIdentity() throws StoreException {
    for (MailboxState other : account.tree.mailboxes()) {
      if (other.id.equals(id) && !other.name().equals(info.name())) {
        throw new StoreException(Code.ALREADY_EXISTS, "Another mailbox has that identity");
      }
    }
  }

  @Override
  public Append next(Row row) throws StoreException {
    checkOrder(row);
    BodyWriter writer = new BodyWriter(account.environment.memory());
    open.add(writer);
    return new Append() {
      @Override
      public void write(ByteBuffer chunk) throws StoreException {
        writer.write(chunk);
      }

      @Override
      public void end(MessageIndex index) {
        open.remove(writer);
        String known = row.emailId();
        String emailId = known == null ? account.environment.nextEmailId() : known;
        staged.put(row.uid(), new Staged(row, writer.finish(emailId, index)));
      }
    };
  }

  @Override
  public void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
    if (like instanceof MemoryContent content
        && content.isIn(account.environment.memory())
        && content.hasEmailId(row.emailId())) {
      checkOrder(row);
      staged.put(row.uid(), new Staged(row, content.share()));
    } else {
      Restoration.RestoreGroup.super.nextLike(row, like, index);
    }
  }

  private void checkOrder(Row row) throws StoreException {
    if (row.uid() <= lastUid
        || row.uid() >= wanted.uidNext()
        || row.modSeq() > wanted.highestModSeq()) {
      throw new StoreException(Code.CANNOT, "UID or MODSEQ out of order");
    }
    lastUid = row.uid();
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    Staged one = staged.get(uid);
    if (one == null) {
      throw new StoreException(Code.EXPUNGED, "Message is gone");
    }
    return new MemoryContent(one.body());
  }

  @Override
  public void commit() throws StoreException {
    MailboxName name = info.name();
    account.change(
        touched -> {
          checkIdentity();
          RestoredCounters counters = wanted;
          new MailboxNames(account).createSuperiorsUnasked(name, touched);
          if (account.tree.isSelectable(name)) {
            MailboxState old = account.tree.mailbox(name);
            if (old.uidValidity == info.uidValidity()) {
              counters = wanted.beyond(old.uidNext(), old.highestModSeq());
            }
            account.counted(QuotaUse.NONE.minus(old.use()).minus(QuotaUse.mailboxes(1)));
            old.delete();
            touched.add(old);
          }
          MailboxState mailbox = MailboxState.restored(info, id, counters, account.environment);
          fill(mailbox, counters);
          account.tree.put(mailbox);
          account.counted(mailbox.use().plus(QuotaUse.mailboxes(1)));
          account.history.add(Kind.CREATED, name);
          touched.add(mailbox);
          return mailbox;
        });
    staged.clear();
  }

  private void fill(MailboxState mailbox, RestoredCounters counters) {
    Instant now = account.environment.clock().instant();
    for (Staged one : staged.values()) {
      Row row = one.row();
      @Nullable OffsetDateTime date = row.internalDate();
      @Nullable Instant saved = row.saveDate();
      mailbox.restore(
          row,
          counters.modSeq(row),
          one.body(),
          row.threadId() == null
              ? account.threads.of(one.body())
              : account.threads.restored(one.body(), row.threadId()),
          date == null
              ? OffsetDateTime.ofInstant(now, account.environment.clock().getZone())
              : date,
          saved == null ? now : saved);
    }
  }

  @Override
  public void close() {
    open.forEach(BodyWriter::discard);
    open.clear();
    staged.values().forEach(one -> one.body().release());
    staged.clear();
  }
}
