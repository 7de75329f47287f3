package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Restoration;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.RestoredCounters;
import org.posthorn.store.support.ThreadKeys;

/**
 * Messages on their way back into a mailbox, which has the identity and so the partition of the one
 * that it replaces: they are seen as they come.
 */
final class CassandraRestoreGroup implements Restoration.RestoreGroup {
  /** Messages that are inserted together. */
  private static final int STEP = 100;

  private final AccountMail mail;
  private final String mailbox;
  private final RestoredCounters wanted;
  private final RestoredCounters counters;
  private final List<Message> ended = new ArrayList<>();
  private final Claim claim;
  private long lastUid;

  CassandraRestoreGroup(
      AccountMail mail, String mailbox, RestoredCounters wanted, RestoredCounters counters) {
    this.mail = mail;
    this.mailbox = mailbox;
    this.claim = new Claim(mail.parts.cql(), mail.parts.settings(), mailbox);
    this.wanted = wanted;
    this.counters = counters;
  }

  private void begin(Row row) throws StoreException {
    if (row.uid() <= lastUid
        || row.uid() >= wanted.uidNext()
        || row.modSeq() > wanted.highestModSeq()) {
      throw new StoreException(Code.CANNOT, "UID or MODSEQ out of order");
    }
    if (ended.size() >= STEP) {
      publish();
    }
    lastUid = row.uid();
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    publish();
    List<Message> found = mail.parts.messages().read(mailbox, UidSet.of(uid));
    if (found.isEmpty()) {
      throw CassandraContent.expunged();
    }
    return new CassandraContent(mail.parts.cql(), found.get(0));
  }

  @Override
  public Append next(Row row) throws StoreException {
    begin(row);
    AppendSpec spec = AppendSpec.plain().withFlags(row.flags());
    StagedMessage staged = new StagedMessage(mail.parts.cql(), claim, spec, Long.MAX_VALUE);
    return new Append() {
      @Override
      public void write(ByteBuffer chunk) throws StoreException {
        staged.write(chunk);
      }

      @Override
      public void end(MessageIndex index) throws StoreException {
        staged.end(index);
        String thread = thread(row, staged.threadKeys());
        ended.add(restored(row, staged.message(0, 0, 0, thread)));
      }
    };
  }

  private String thread(Row row, List<String> keys) throws StoreException {
    return mail.parts.threads().join(mail.account, keys, row.threadId());
  }

  /** What the row does not tell is made up. */
  private Message restored(Row row, Message message) {
    Instant now = mail.parts.settings().clock().instant();
    ZoneId zone = mail.parts.settings().clock().getZone();
    OffsetDateTime own = row.internalDate();
    OffsetDateTime date = own == null ? OffsetDateTime.ofInstant(now, zone) : own;
    Instant saved = row.saveDate();
    return new Message(
        row.uid(),
        counters.modSeq(row),
        row.flags(),
        message.body(),
        message.size(),
        date.toInstant().toEpochMilli(),
        date.getOffset().getTotalSeconds(),
        (saved == null ? now : saved).toEpochMilli(),
        message.thread(),
        row.emailId());
  }

  @Override
  public void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
    if (!(like instanceof CassandraContent content)
        || !content.isIn(mail.parts.cql())
        || !content.message().emailId().equals(row.emailId())
        || !Bodies.isThere(mail.parts.cql(), content.message().body())) {
      Restoration.RestoreGroup.super.nextLike(row, like, index);
      return;
    }
    begin(row);
    Message message = content.message();
    claim.hold();
    claim.add(List.of(message.body()));
    String thread = thread(row, ThreadKeys.of(index));
    ended.add(restored(row, message.inThread(thread)));
  }

  @Override
  public void commit() throws StoreException {
    publish();
  }

  private void publish() throws StoreException {
    claim.hold();
    for (int at = 0; at < ended.size(); ) {
      int end = MessageRows.end(ended, at);
      List<Message> some = ended.subList(at, end);
      mail.parts.boxes().fill(mailbox, draft -> insert(draft, some));
      at = end;
    }
    if (!ended.isEmpty()) {
      mail.recounted();
      claim.settled(CassandraMailbox.bodies(ended));
      mail.hint(mailbox);
    }
    ended.clear();
  }

  private boolean insert(Draft draft, List<Message> some) throws StoreException {
    for (Message message : some) {
      draft.box.remember(message.flags(), mail.parts.settings().keywords());
      draft.insert(message);
    }
    return true;
  }

  /** The collector frees what was written and not published. */
  @Override
  public void close() {
    ended.clear();
    mail.parts.boxes().lookAt(mailbox);
  }
}
