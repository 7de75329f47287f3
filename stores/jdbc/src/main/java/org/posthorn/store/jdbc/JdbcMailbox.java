package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
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
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** A mailbox as one session sees it. Holds the number of a row and nothing else. */
final class JdbcMailbox implements Mailbox {
  /** So many messages are asked for by who goes through a mailbox, page by page. */
  private static final int MANY = 200;

  private final AccountMail mail;
  private final long row;
  private final Access access;
  private final MailboxInfo info;
  private volatile boolean closed;

  /** The file is retained for this handle. */
  JdbcMailbox(AccountMail mail, long row, MailboxInfo info, Access access) throws StoreException {
    this.mail = mail;
    this.row = row;
    this.info = info;
    this.access = access;
    if (access == Access.EXCLUSIVE) {
      mail.leases.take(row, this);
    }
  }

  AccountMail mail() {
    return mail;
  }

  long rowId() {
    return row;
  }

  boolean isOf(AccountMail other) {
    return mail == other;
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
    checkOpen();
    return mail.read(
        db -> {
          MailboxRow now = MailboxRow.require(db, row);
          return new Snapshot(
              Mailboxes.info(db, now),
              mail.uidSets.at(db, now),
              now.uidNext,
              now.modSeq,
              Runs.firstUnseen(db, row),
              Keywords.ofMailbox(db, row));
        });
  }

  @Override
  public Page list(UidSet uids, PageLimit max, Set<Item> items) throws StoreException {
    checkOpen();
    return mail.read(
        db -> {
          MailboxRow now = MailboxRow.require(db, row);
          RowReader rows = new RowReader(db, mail.keywords, items, max, runs(db, now, uids, max));
          return rows.needsMessages()
              ? rows.read(uids, existingRanges(db, now, uids))
              : rows.read(mail.uidSets.at(db, now).intersect(uids));
        });
  }

  /** Where many messages are asked for, all runs of the mailbox are worth being remembered. */
  private RunCursor runs(Db db, MailboxRow now, UidSet uids, PageLimit max) throws SQLException {
    int atOnce = (int) Math.min(uids.size(), Math.min(max.rows(), MANY));
    List<Run> known = uids.size() < MANY ? null : mail.runs.of(db, now);
    return known == null
        ? RunCursor.reading(db, row, atOnce)
        : RunCursor.of(db, row, known, uids.first());
  }

  @Override
  public Optional<UidSet> flagged(SystemFlag flag, boolean set, UidSet among)
      throws StoreException {
    checkOpen();
    return among.isEmpty()
        ? Optional.of(among)
        : Optional.of(
            mail.read(
                db ->
                    Runs.flagged(db, row, flag, set, among)
                        .intersect(among)
                        .intersect(mail.uidSets.at(db, MailboxRow.require(db, row)))));
  }

  /** A single range is looked up as it is; many are first freed of what does not exist. */
  private List<UidSet.Range> existingRanges(Db db, MailboxRow now, UidSet uids)
      throws SQLException {
    if (uids.rangeCount() == 1) {
      return List.of(new UidSet.Range(uids.first(), uids.last()));
    }
    UidSet existing = mail.uidSets.at(db, now);
    return Ranges.cover(uids.intersect(existing), existing);
  }

  @Override
  public Changes changesSince(Cursor from, PageLimit max) throws StoreException {
    checkOpen();
    return mail.read(
        db -> {
          MailboxRow now = MailboxRow.find(db, row);
          return now == null ? gone(from) : new ChangeFeed(db, mail, now).since(from, max);
        });
  }

  private Changes gone(Cursor from) {
    return new Changes(List.of(), UidSet.EMPTY, from, false, false, true, info, 1, from.modSeq());
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    checkOpen();
    return JdbcContent.open(mail, row, uid);
  }

  @Override
  public FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    checkWritable();
    @Nullable MailboxRow[] changed = {null};
    FlagsResult result =
        mail.write(
            db -> {
              MailboxRow now = MailboxRow.require(db, row);
              changed[0] = now;
              return new FlagUpdate(mail, db, now, change).run(uids, unchangedSince);
            });
    hint(changed[0], !result.changed().isEmpty());
    return result;
  }

  @Override
  public CopyResult copy(UidSet uids, MailboxName destination) throws StoreException {
    checkOpen();
    return transfer(uids, destination, false);
  }

  @Override
  public CopyResult move(UidSet uids, MailboxName destination) throws StoreException {
    checkWritable();
    return transfer(uids, destination, true);
  }

  private CopyResult transfer(UidSet uids, MailboxName destination, boolean move)
      throws StoreException {
    @Nullable MailboxRow[] rows = {null, null};
    CopyResult result =
        mail.write(
            db -> {
              MailboxRow source = MailboxRow.require(db, row);
              MailboxRow target = MailboxRow.requireSelectable(db, destination);
              rows[0] = source;
              rows[1] = target;
              UidSet existing = mail.uidSets.at(db, source);
              UidSet wanted = uids.intersect(existing);
              Transfer transfer = new Transfer(mail, db, source, target);
              UidSet copies = move ? transfer.move(wanted) : transfer.copy(wanted);
              return new CopyResult(
                  Mailboxes.info(db, target),
                  wanted,
                  copies,
                  uids.minus(existing),
                  move ? source.modSeq : 0);
            });
    hint(rows[1], !result.copies().isEmpty());
    hint(rows[0], move && !result.copies().isEmpty());
    return result;
  }

  @Override
  public Expunged expungeDeleted(UidSet among) throws StoreException {
    return expunge(
        (db, now) ->
            among.isEmpty()
                ? UidSet.EMPTY
                : Runs.deleted(db, row, among)
                    .intersect(among)
                    .intersect(mail.uidSets.at(db, now)));
  }

  @Override
  public Expunged remove(UidSet uids) throws StoreException {
    return expunge((db, now) -> uids.intersect(mail.uidSets.at(db, now)));
  }

  private interface Choice {
    UidSet existing(Db db, MailboxRow now) throws SQLException;
  }

  private Expunged expunge(Choice choice) throws StoreException {
    checkWritable();
    @Nullable MailboxRow[] changed = {null};
    Expunged expunged =
        mail.write(
            db -> {
              MailboxRow now = MailboxRow.require(db, row);
              changed[0] = now;
              return Removal.remove(db, mail, now, choice.existing(db, now));
            });
    hint(changed[0], !expunged.uids().isEmpty());
    return expunged;
  }

  /**
   * Lost to a power failure it would do no harm, so no SELECT waits for the disk. EXAMINE sees and
   * does not claim.
   */
  @Override
  public long claimRecent() throws StoreException {
    checkOpen();
    MailboxRow seen = mail.read(db -> MailboxRow.require(db, row));
    if (seen.recentFrom == seen.uidNext || access == Access.READ) {
      return seen.recentFrom;
    }
    try {
      return mail.writeUnsynced(
          db -> {
            MailboxRow now = MailboxRow.require(db, row);
            long first = now.recentFrom;
            now.recentFrom = now.uidNext;
            now.save(db);
            return first;
          });
    } catch (StoreException e) {
      if (e.code().refusesOnlyChanges()) {
        return seen.recentFrom;
      }
      throw e;
    }
  }

  @Override
  public void putIndex(long uid, MessageIndex index) throws StoreException {
    checkOpen();
    byte[] encoded = index.encode();
    mail.writeUnsynced(
        db -> {
          long body = Messages.body(db, row, uid);
          if (body == 0) {
            MailboxRow.require(db, row);
            throw JdbcContent.expunged();
          }
          Bodies.putIndex(db, body, encoded);
          return body;
        });
  }

  private void hint(@Nullable MailboxRow mailbox, boolean changed) {
    if (changed && mailbox != null) {
      mail.hints.changed(mailbox);
    }
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw new StoreException(Code.FAULT, "the mailbox was closed");
    }
    if (access == Access.EXCLUSIVE) {
      mail.leases.renew(row, this);
    }
  }

  void checkWritable() throws StoreException {
    checkOpen();
    if (access == Access.READ) {
      throw new StoreException(Code.READ_ONLY, "the mailbox was opened for reading");
    }
  }

  @Override
  public void close() throws StoreException {
    if (!closed) {
      closed = true;
      try {
        mail.leases.release(row, this);
      } finally {
        mail.release();
      }
    }
  }
}
