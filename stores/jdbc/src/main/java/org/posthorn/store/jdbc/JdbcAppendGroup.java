package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.Append;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.MoveJournal;

/** Messages that become visible by one transaction. */
final class JdbcAppendGroup implements MoveJournal.Noting, StagedMessage.Group {
  /** Octets of ended messages that a group keeps in memory. */
  private static final int IN_MEMORY = 4 * Bodies.CHUNK;

  private final AccountMail mail;
  private final long mailbox;
  private final @Nullable JdbcMailbox replacedIn;
  private final long replacedUid;
  private final List<IncomingMessage> messages = new ArrayList<>();
  private int inMemory;

  /** So many of the first messages have ended and are summed up, so that each costs the same. */
  private int counted;

  private QuotaUse countedUse = QuotaUse.NONE;
  private @Nullable String move;
  private String mover = "";
  private UidSet moved = UidSet.EMPTY;
  private boolean done;
  private boolean closed;

  /** The file is retained for this handle. */
  JdbcAppendGroup(AccountMail mail, long mailbox, Optional<Replaced> replaces)
      throws StoreException {
    this.mail = mail;
    this.mailbox = mailbox;
    if (replaces.isEmpty()) {
      replacedIn = null;
      replacedUid = 0;
    } else if (replaces.get().mailbox() instanceof JdbcMailbox m && m.isOf(mail)) {
      m.checkWritable();
      replacedIn = m;
      replacedUid = replaces.get().uid();
      m.content(replacedUid).close();
    } else {
      throw new StoreException(Code.CANNOT, "the message to replace is of another account");
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
  public void movesFrom(String owner) {
    mover = owner;
  }

  @Override
  public void noteWhenCommitted(String halfDone, UidSet originals) {
    move = halfDone;
    moved = originals;
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    long limit = admitted(spec);
    StagedMessage message = new StagedMessage(this, spec, limit);
    messages.add(message);
    return message;
  }

  @Override
  public void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
      throws StoreException {
    if (like instanceof JdbcContent content && content.isOf(mail)) {
      admitted(spec.withSize(like.size()));
      messages.add(LikeMessage.of(content, mail, spec));
    } else {
      MoveJournal.Noting.super.nextLike(spec, like, index);
    }
  }

  /** Refuses what has no room; gives the octets that the message may have. */
  private long admitted(AppendSpec spec) throws StoreException {
    checkOpen();
    long limit = Math.min(spec.limit(), mail.settings.messageOctets());
    if (spec.size().orElse(0) > limit) {
      throw new StoreException(Code.TOO_BIG, "the message is larger than allowed");
    }
    checkRoom(spec.size().orElse(0));
    return limit;
  }

  private void checkRoom(long octets) throws StoreException {
    for (; counted < messages.size() && messages.get(counted).ended(); counted++) {
      countedUse = countedUse.plus(QuotaUse.messages(1, messages.get(counted).octets()));
    }
    QuotaUse more = countedUse.plus(QuotaUse.messages(1, octets));
    for (IncomingMessage message : messages.subList(counted, messages.size())) {
      more = more.plus(QuotaUse.messages(1, message.octets()));
    }
    mail.checkRoom(replacedIn == null ? more : more.minus(mail.read(db -> replaced(db))), mover);
  }

  /** What the messages add, less the one that they replace. */
  private QuotaUse growth(Db db, List<IncomingMessage> complete) throws SQLException {
    QuotaUse growth = QuotaUse.NONE;
    for (IncomingMessage message : complete) {
      growth = growth.plus(QuotaUse.messages(1, message.octets()));
    }
    return replacedIn == null ? growth : growth.minus(replaced(db));
  }

  private QuotaUse replaced(Db db) throws SQLException {
    return replacedIn == null
        ? QuotaUse.NONE
        : Use.of(Tally.between(db, replacedIn.rowId(), new UidSet.Range(replacedUid, replacedUid)));
  }

  @Override
  public Appended commit() throws StoreException {
    checkOpen();
    done = true;
    List<IncomingMessage> complete = messages.stream().filter(IncomingMessage::ended).toList();
    List<MailboxRow> changed = new ArrayList<>();
    Work<Appended> work =
        db -> {
          MailboxRow row = MailboxRow.require(db, mailbox);
          if (!complete.isEmpty()) {
            changed.add(row);
            mail.charge(db, growth(db, complete), mover);
            removeReplaced(db, row, changed);
          }
          return publish(db, row, complete);
        };
    Appended appended =
        move == null ? mail.write(work) : mail.moves().commit(mail, move, moved, work);
    releaseAll();
    changed.forEach(mail.hints::changed);
    return appended;
  }

  private Appended publish(Db db, MailboxRow row, List<IncomingMessage> complete)
      throws SQLException, StoreException {
    if (complete.isEmpty()) {
      return new Appended(mail.destination.info(db, row), UidSet.EMPTY, row.modSeq);
    }
    Instant now = mail.settings.clock().instant();
    OffsetDateTime date = OffsetDateTime.ofInstant(now, mail.settings.clock().getZone());
    long first = row.takeUids(complete.size());
    long modSeq = row.nextModSeq();
    long uid = first;
    RunWriter runs = new RunWriter(db, row.id);
    for (IncomingMessage message : complete) {
      AppendSpec spec = message.spec();
      int systemBits = spec.flags().systemBits();
      Messages.insert(
          db,
          row.id,
          uid,
          message.publish(db),
          message.octets(),
          spec.internalDate() == null ? date : spec.internalDate(),
          now.toEpochMilli());
      runs.add(uid++, modSeq, systemBits, mail.keywords.intern(db, row.id, spec.flags()));
      row.add(Tally.of(systemBits, 1, message.octets()));
    }
    runs.flush();
    row.save(db);
    return new Appended(mail.destination.info(db, row), UidSet.range(first, uid - 1), modSeq);
  }

  private void removeReplaced(Db db, MailboxRow target, List<MailboxRow> changed)
      throws SQLException, StoreException {
    if (replacedIn == null) {
      return;
    }
    long id = replacedIn.rowId();
    MailboxRow row = id == target.id ? target : MailboxRow.require(db, id);
    if (Messages.body(db, row.id, replacedUid) == 0) {
      throw JdbcContent.expunged();
    }
    Removal.removeUncharged(db, mail, row, UidSet.of(replacedUid));
    if (row != target) {
      changed.add(row);
    }
  }

  private void checkOpen() {
    if (done || closed) {
      throw new IllegalStateException("the group was committed or closed");
    }
  }

  private void releaseAll() {
    messages.forEach(IncomingMessage::release);
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
