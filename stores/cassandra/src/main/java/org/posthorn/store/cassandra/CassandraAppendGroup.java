package org.posthorn.store.cassandra;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Messages that become visible by one conditional batch; their octets are written before. */
final class CassandraAppendGroup implements AppendGroup {
  private final AccountMail mail;
  private final String mailbox;
  private final MailboxInfo info;
  private final @Nullable CassandraMailbox replacedIn;
  private final long replacedUid;
  private final List<StagedMessage> messages = new ArrayList<>();
  private final Claim claim;
  private boolean done;

  CassandraAppendGroup(
      AccountMail mail, String mailbox, MailboxInfo info, Optional<Replaced> replaces)
      throws StoreException {
    this.mail = mail;
    this.mailbox = mailbox;
    this.info = info;
    this.claim = new Claim(mail.parts.cql(), mail.parts.settings(), mailbox);
    if (replaces.isEmpty()) {
      replacedIn = null;
      replacedUid = 0;
    } else if (replaces.get().mailbox() instanceof CassandraMailbox m && m.mail().isOf(mail)) {
      m.checkWritable();
      replacedIn = m;
      replacedUid = replaces.get().uid();
      m.content(replacedUid).close();
    } else {
      throw new StoreException(Code.CANNOT, "the message to replace is of another account");
    }
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    checkOpen();
    long limit = Math.min(spec.limit(), mail.parts.settings().messageOctets());
    if (spec.size().orElse(0) > limit) {
      throw new StoreException(Code.TOO_BIG, "the message is larger than allowed");
    }
    mail.checkRoom(growth(messages).plus(QuotaUse.messages(1, spec.size().orElse(0))));
    StagedMessage message = new StagedMessage(mail.parts.cql(), claim, spec, limit);
    messages.add(message);
    return message;
  }

  /** What these add, less the one that they replace. */
  private QuotaUse growth(List<StagedMessage> added) throws StoreException {
    QuotaUse growth = QuotaUse.NONE;
    for (StagedMessage message : added) {
      growth = growth.plus(QuotaUse.messages(1, message.octets()));
    }
    if (replacedIn != null) {
      for (Message old : mail.parts.messages().read(replacedIn.id(), UidSet.of(replacedUid))) {
        growth = growth.minus(QuotaUse.messages(1, old.size()));
      }
    }
    return growth;
  }

  @Override
  public Appended commit() throws StoreException {
    checkOpen();
    done = true;
    List<StagedMessage> complete = new ArrayList<>();
    for (StagedMessage message : messages) {
      if (message.ended()) {
        complete.add(message);
      }
    }
    if (complete.isEmpty()) {
      Box box = mail.parts.boxes().quiet(mailbox);
      return new Appended(mail.info(mailbox, info), UidSet.EMPTY, box.modSeq);
    }
    List<Message> rows = rows(complete);
    Addition addition = new Addition(mail.parts.boxes(), rows);
    Addition.Added added = mail.charged(growth(complete), () -> publish(addition, rows.size()));
    claim.settled(CassandraMailbox.bodies(rows));
    if (addition.isStaged()) {
      mail.parts.boxes().finish(mailbox);
    }
    mail.hint(mailbox);
    CassandraMailbox other = replacedIn;
    if (other != null && !other.id().equals(mailbox)) {
      mail.hint(other.id());
    }
    return new Appended(mail.info(mailbox, info), added.uids(), added.modSeq());
  }

  private List<Message> rows(List<StagedMessage> complete) throws StoreException {
    Instant now = mail.parts.settings().clock().instant();
    OffsetDateTime date = OffsetDateTime.ofInstant(now, mail.parts.settings().clock().getZone());
    List<Message> rows = new ArrayList<>();
    for (StagedMessage message : complete) {
      OffsetDateTime own = message.spec().internalDate();
      OffsetDateTime internal = own == null ? date : own;
      String thread = mail.parts.threads().join(mail.account, message.threadKeys());
      rows.add(
          message.message(
              internal.toInstant().toEpochMilli(),
              internal.getOffset().getTotalSeconds(),
              now.toEpochMilli(),
              thread));
    }
    return rows;
  }

  private Addition.Added publish(Addition addition, int count) throws StoreException {
    claim.hold();
    CassandraMailbox old = replacedIn;
    if (old == null) {
      return addition.to(mailbox);
    }
    UidSet replaced = UidSet.of(replacedUid);
    return old.id().equals(mailbox)
        ? replaceHere(addition, replaced)
        : replaceThere(addition, count, old.id(), replaced);
  }

  private Addition.Added replaceHere(Addition addition, UidSet replaced) throws StoreException {
    addition.stageIfMany(mailbox);
    return mail.parts
        .boxes()
        .change(
            mailbox,
            draft -> {
              List<Message> old = draft.read(replaced);
              if (old.isEmpty()) {
                throw CassandraContent.expunged();
              }
              Bodies.doubt(mail.parts.cql(), mailbox, CassandraMailbox.bodies(old));
              Addition.Added added = addition.add(draft);
              Removal.remove(draft, replaced, old);
              return added;
            });
  }

  /** As a MOVE of something else. */
  private Addition.Added replaceThere(Addition addition, int count, String other, UidSet replaced)
      throws StoreException {
    long number = Ids.move();
    UUID staged = addition.stage(other);
    claim.comeBy(other, number);
    mail.parts
        .boxes()
        .change(
            other,
            draft -> {
              List<Message> old = draft.read(replaced);
              if (old.isEmpty()) {
                throw CassandraContent.expunged();
              }
              Bodies.doubt(mail.parts.cql(), other, CassandraMailbox.bodies(old));
              draft.modSeq();
              draft.box.intent =
                  new Intent.Move(
                      number,
                      mailbox,
                      replaced,
                      Optional.of(staged),
                      count,
                      mail.parts.settings().millis());
              return true;
            });
    UidSet uids = Leftovers.arrived(mail.parts.boxes(), mailbox, number, count);
    return new Addition.Added(uids, mail.parts.boxes().quiet(mailbox).modSeq);
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException("the group was committed or closed");
    }
  }

  /** What was written and not published is freed by the collector. */
  @Override
  public void close() {
    done = true;
    messages.clear();
  }
}
