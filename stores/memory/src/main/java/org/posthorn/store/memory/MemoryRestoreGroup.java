package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/** A mailbox that comes back as it was, see {@link Restoration}. */
final class MemoryRestoreGroup implements Restoration.RestoreGroup {
  private record Staged(Row row, Body body) {}

  private final AccountMail account;
  private final MailboxState mailbox;
  private final RestoredCounters wanted;
  private final RestoredCounters counters;
  private final List<Staged> staged = new ArrayList<>();
  private final List<BodyWriter> open = new ArrayList<>();
  private long lastUid;

  private MemoryRestoreGroup(
      AccountMail account,
      MailboxState mailbox,
      RestoredCounters wanted,
      RestoredCounters counters) {
    this.account = account;
    this.mailbox = mailbox;
    this.wanted = wanted;
    this.counters = counters;
  }

  static MemoryRestoreGroup begin(
      AccountMail account, MailboxInfo info, long uidNext, long highestModSeq)
      throws StoreException {
    MailboxId id = info.id();
    if (id == null) {
      throw new StoreException(Code.CANNOT, "Mailbox has no identity");
    }
    RestoredCounters wanted = RestoredCounters.of(uidNext, highestModSeq);
    return account.change(
        touched -> {
          RestoredCounters counters = wanted;
          if (account.tree.isSelectable(info.name())) {
            MailboxState old = account.tree.mailbox(info.name());
            if (old.uidValidity == info.uidValidity()) {
              counters = wanted.beyond(old.uidNext(), old.highestModSeq());
            }
          }
          MailboxState mailbox = MailboxState.restored(info, id, counters, account.environment);
          replace(account, mailbox, touched);
          return new MemoryRestoreGroup(account, mailbox, wanted, counters);
        });
  }

  private static void replace(AccountMail account, MailboxState mailbox, Watches.Touched touched)
      throws StoreException {
    MailboxName name = mailbox.name();
    for (MailboxState other : account.tree.mailboxes()) {
      if (other.id.equals(mailbox.id) && !other.name().equals(name)) {
        throw new StoreException(Code.ALREADY_EXISTS, "Another mailbox has that identity");
      }
    }
    if (account.tree.isSelectable(name)) {
      MailboxState old = account.tree.mailbox(name);
      account.counted(QuotaUse.NONE.minus(old.use()).minus(QuotaUse.mailboxes(1)));
      old.delete();
      touched.add(old);
    }
    for (MailboxName superior : account.tree.missingSuperiors(name)) {
      new MailboxNames(account).create(superior, Set.of(), touched);
    }
    account.tree.put(mailbox);
    account.counted(QuotaUse.mailboxes(1));
    account.history.add(Kind.CREATED, name);
    touched.add(mailbox);
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
        staged.add(new Staged(row, writer.finish(emailId, index)));
      }
    };
  }

  @Override
  public void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
    if (like instanceof MemoryContent content
        && content.isIn(account.environment.memory())
        && content.hasEmailId(row.emailId())) {
      checkOrder(row);
      staged.add(new Staged(row, content.share()));
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
  public void publish() throws StoreException {
    long octets = 0;
    for (Staged one : staged) {
      octets += one.body().size();
    }
    QuotaUse use = QuotaUse.messages(staged.size(), octets);
    account.change(
        touched -> {
          if (mailbox.gone()) {
            throw new StoreException(Code.NONEXISTENT, "Mailbox is gone");
          }
          Instant now = account.environment.clock().instant();
          for (Staged one : staged) {
            @Nullable OffsetDateTime date = one.row().internalDate();
            @Nullable Instant saved = one.row().saveDate();
            mailbox.restore(
                one.row(),
                counters.modSeq(one.row()),
                one.body(),
                one.row().threadId() == null
                    ? account.threads.of(one.body())
                    : account.threads.restored(one.body(), one.row().threadId()),
                date == null
                    ? OffsetDateTime.ofInstant(now, account.environment.clock().getZone())
                    : date,
                saved == null ? now : saved);
          }
          account.counted(use);
          touched.add(mailbox);
          return use;
        });
    staged.clear();
  }

  @Override
  public void close() {
    open.forEach(BodyWriter::discard);
    open.clear();
    staged.forEach(one -> one.body().release());
    staged.clear();
  }
}
