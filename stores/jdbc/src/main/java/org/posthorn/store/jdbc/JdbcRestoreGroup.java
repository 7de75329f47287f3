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

/**
 * A mailbox that comes back as it was, see {@link Restoration}: its messages are written under a
 * row that nobody sees ({@link HiddenMailbox}), some at a time; the last transaction puts it in its
 * place.
 */
final class JdbcRestoreGroup implements Restoration.RestoreGroup, StagedMessage.Group {
  /** Messages that are written by one transaction. */
  private static final int STEP = 100;

  /** Octets of ended messages that wait in memory. */
  private static final int IN_MEMORY = 4 * Bodies.CHUNK;

  private record Staged(Row row, IncomingMessage message) {}

  private final AccountMail mail;
  private final long mailbox;
  private final MailboxInfo info;
  private final MailboxId id;
  private final RestoredCounters wanted;
  private final List<Staged> messages = new ArrayList<>();
  private int inMemory;
  private long lastUid;
  private boolean committed;
  private boolean closed;

  private JdbcRestoreGroup(
      AccountMail mail, long mailbox, MailboxInfo info, MailboxId id, RestoredCounters wanted) {
    this.mail = mail;
    this.mailbox = mailbox;
    this.info = info;
    this.id = id;
    this.wanted = wanted;
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
      RestoredCounters wanted = RestoredCounters.of(uidNext, highestModSeq);
      long mailbox =
          mail.writeUnsynced(
              db -> {
                MailboxTree.checkIdentity(db, info, id);
                return HiddenMailbox.begin(db, wanted, mail.settings.now());
              });
      begun = true;
      return new JdbcRestoreGroup(mail, mailbox, info, id, wanted);
    } finally {
      if (!begun) {
        mail.release();
      }
    }
  }

  @Override
  public AccountMail mail() {
    return mail;
  }

  @Override
  public boolean mayKeep(int octets) {
    if (inMemory + octets > IN_MEMORY) {
      return false;
    }
    inMemory += octets;
    return true;
  }

  @Override
  public Append next(Row row) throws StoreException {
    begin(row);
    StagedMessage message = new StagedMessage(this, spec(row), Bodies.MOST_OCTETS);
    messages.add(new Staged(row, message));
    return message;
  }

  @Override
  public void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
    if (like instanceof JdbcContent content
        && content.isOf(mail)
        && content.hasEmailId(row.emailId())) {
      begin(row);
      messages.add(new Staged(row, LikeMessage.of(content, mail, spec(row))));
    } else {
      Restoration.RestoreGroup.super.nextLike(row, like, index);
    }
  }

  private static AppendSpec spec(Row row) {
    return AppendSpec.plain().withFlags(row.flags());
  }

  private void begin(Row row) throws StoreException {
    if (row.uid() <= lastUid
        || row.uid() >= wanted.uidNext()
        || row.modSeq() > wanted.highestModSeq()) {
      throw new StoreException(Code.CANNOT, "UID or MODSEQ out of order");
    }
    if (messages.size() >= STEP) {
      flush();
    }
    lastUid = row.uid();
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    flush();
    return JdbcContent.open(mail, mailbox, uid);
  }

  /** The commit is synced and takes along what was written before. */
  private void flush() throws StoreException {
    if (!messages.isEmpty()) {
      mail.writeUnsynced(this::write);
      releaseAll();
    }
  }

  private int write(Db db) throws SQLException, StoreException {
    HiddenMailbox.require(db, mailbox);
    int written = 0;
    RunWriter runs = new RunWriter(db, mailbox);
    for (Staged one : messages) {
      if (one.message().ended()) {
        write(db, one, runs);
        written++;
      }
    }
    runs.flush();
    return written;
  }

  private void write(Db db, Staged one, RunWriter runs) throws SQLException, StoreException {
    Row row = one.row();
    long body = one.message().publish(db, row.emailId(), row.threadId());
    Instant now = mail.settings.clock().instant();
    @Nullable OffsetDateTime date = row.internalDate();
    @Nullable Instant saved = row.saveDate();
    Messages.insert(
        db,
        mailbox,
        row.uid(),
        body,
        one.message().octets(),
        date == null ? OffsetDateTime.ofInstant(now, mail.settings.clock().getZone()) : date,
        (saved == null ? now : saved).toEpochMilli());
    runs.add(
        row.uid(),
        row.modSeq(),
        row.flags().systemBits(),
        mail.keywords.intern(db, mailbox, row.flags()));
  }

  @Override
  public void commit() throws StoreException {
    List<MailboxRow> changed = new ArrayList<>();
    mail.writeNames(
        db -> {
          QuotaUse before = Use.of(db);
          int written = write(db);
          MailboxRow old = new MailboxTree(mail).replace(db, mailbox, info, id, wanted);
          if (old != null && old.selectable()) {
            changed.add(old);
          }
          changed.add(MailboxRow.require(db, mailbox));
          mail.chargeUnasked(Use.of(db).minus(before));
          return written;
        });
    committed = true;
    releaseAll();
    changed.forEach(mail.hints::changed);
  }

  private void releaseAll() {
    messages.forEach(one -> one.message().release());
    messages.clear();
    inMemory = 0;
  }

  @Override
  public void close() throws StoreException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      releaseAll();
      if (!committed) {
        mail.writeUnsynced(db -> HiddenMailbox.abandon(db, mailbox, mail.settings.now()));
      }
    } finally {
      mail.release();
    }
  }
}
