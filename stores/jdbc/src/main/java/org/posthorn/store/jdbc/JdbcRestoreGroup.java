package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Append;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Restoration;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.RestoredCounters;

/** A mailbox that comes back as it was, see {@link Restoration}. */
final class JdbcRestoreGroup implements Restoration.RestoreGroup, StagedMessage.Group {
  private record Staged(Row row, IncomingMessage message) {}

  private final AccountMail mail;
  private final long mailbox;
  private final long uidNext;
  private final long highestModSeq;
  private final RestoredCounters counters;
  private final List<Staged> messages = new ArrayList<>();
  private long lastUid;
  private boolean closed;

  private JdbcRestoreGroup(
      AccountMail mail, long mailbox, RestoredCounters wanted, RestoredCounters counters) {
    this.mail = mail;
    this.mailbox = mailbox;
    this.uidNext = wanted.uidNext();
    this.highestModSeq = wanted.highestModSeq();
    this.counters = counters;
  }

  /** The file is retained for this handle. */
  static JdbcRestoreGroup begin(
      AccountMail mail, MailboxInfo info, long uidNext, long highestModSeq) throws StoreException {
    boolean begun = false;
    try {
      MailboxId id = info.id();
      if (id == null) {
        throw new StoreException(Code.CANNOT, "the mailbox has no identity");
      }
      List<MailboxRow> changed = new ArrayList<>();
      RestoredCounters wanted = RestoredCounters.of(uidNext, highestModSeq);
      JdbcRestoreGroup group =
          uncharged(
              mail,
              db -> {
                MailboxTree.Replaced replaced = new MailboxTree(mail).replace(db, info, id, wanted);
                MailboxRow old = replaced.before();
                if (old != null && old.selectable()) {
                  changed.add(old);
                }
                MailboxRow restored = MailboxRow.requireSelectable(db, info.name());
                changed.add(restored);
                return new JdbcRestoreGroup(mail, restored.id, wanted, replaced.counters());
              });
      changed.forEach(mail.hints::changed);
      begun = true;
      return group;
    } finally {
      if (!begun) {
        mail.release();
      }
    }
  }

  private interface Work<T> {
    T run(Db db) throws SQLException, StoreException;
  }

  /** What changes is counted, but no quota is asked. */
  private static <T> T uncharged(AccountMail mail, Work<T> work) throws StoreException {
    return mail.write(
        db -> {
          QuotaUse before = Use.of(db);
          T result = work.run(db);
          mail.chargeUnasked(Use.of(db).minus(before));
          return result;
        });
  }

  @Override
  public AccountMail mail() {
    return mail;
  }

  /** Everything waits on the disk: a group may be large. */
  @Override
  public boolean mayKeep(int octets) {
    return false;
  }

  @Override
  public Append next(Row row) throws StoreException {
    checkOrder(row);
    StagedMessage message = new StagedMessage(this, spec(row), Bodies.MOST_OCTETS);
    messages.add(new Staged(row, message));
    return message;
  }

  @Override
  public void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
    if (like instanceof JdbcContent content
        && content.isOf(mail)
        && content.hasEmailId(row.emailId())) {
      checkOrder(row);
      messages.add(new Staged(row, LikeMessage.of(content, mail, spec(row))));
    } else {
      Restoration.RestoreGroup.super.nextLike(row, like, index);
    }
  }

  private static AppendSpec spec(Row row) {
    return AppendSpec.plain().withFlags(row.flags());
  }

  private void checkOrder(Row row) throws StoreException {
    if (row.uid() <= lastUid || row.uid() >= uidNext || row.modSeq() > highestModSeq) {
      throw new StoreException(Code.CANNOT, "UID or MODSEQ out of order");
    }
    lastUid = row.uid();
  }

  @Override
  public void publish() throws StoreException {
    if (messages.isEmpty()) {
      return;
    }
    List<MailboxRow> changed = new ArrayList<>();
    uncharged(
        mail,
        db -> {
          MailboxRow row = MailboxRow.require(db, mailbox);
          for (Staged one : messages) {
            if (one.message().ended()) {
              publish(db, row, one);
            }
          }
          row.save(db);
          changed.add(row);
          return row.id;
        });
    releaseAll();
    changed.forEach(mail.hints::changed);
  }

  private void publish(Db db, MailboxRow mailboxRow, Staged one)
      throws SQLException, StoreException {
    Row row = one.row();
    long body = one.message().publish(db, row.emailId(), row.threadId());
    Instant now = mail.settings.clock().instant();
    @Nullable OffsetDateTime date = row.internalDate();
    @Nullable Instant saved = row.saveDate();
    int systemBits = row.flags().systemBits();
    Messages.insert(
        db,
        mailboxRow.id,
        row.uid(),
        counters.modSeq(row),
        systemBits,
        mail.keywords.intern(db, mailboxRow.id, row.flags()),
        body,
        one.message().octets(),
        date == null ? OffsetDateTime.ofInstant(now, mail.settings.clock().getZone()) : date,
        (saved == null ? now : saved).toEpochMilli());
    mailboxRow.add(Tally.of(systemBits, 1, one.message().octets()));
  }

  private void releaseAll() {
    messages.forEach(one -> one.message().release());
    messages.clear();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      releaseAll();
      mail.release();
    }
  }
}
