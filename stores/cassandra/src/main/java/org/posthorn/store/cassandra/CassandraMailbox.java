package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** A mailbox as one session sees it. Holds names and nothing else. */
final class CassandraMailbox implements Mailbox {
  private final AccountMail mail;
  private final String id;
  private final MailboxInfo info;
  private final Access access;
  private final UUID holder = Ids.token();
  private volatile boolean closed;

  CassandraMailbox(AccountMail mail, String id, MailboxInfo info, Access access)
      throws StoreException {
    this.mail = mail;
    this.id = id;
    this.info = info;
    this.access = access;
    if (access == Access.EXCLUSIVE) {
      mail.parts.leases().take(id, holder);
    }
  }

  AccountMail mail() {
    return mail;
  }

  String id() {
    return id;
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
    AccountMail.View view = mail.view(id);
    return new Snapshot(
        mail.info(id, info),
        view.cut().uids(),
        view.box().uidNext,
        view.box().modSeq,
        view.cut().unseen().isEmpty() ? 0 : view.cut().unseen().first(),
        view.box().keywords);
  }

  @Override
  public Page list(UidSet uids, PageLimit max, Set<Item> items) throws StoreException {
    checkOpen();
    List<Message> messages = mail.parts.boxes().whole.read(id, uids, RowMaker.most(max, items));
    if (messages.isEmpty()) {
      requireThere();
    }
    return new RowMaker(mail.parts.cql(), items).page(messages, max);
  }

  private Box requireThere() throws StoreException {
    Box box = mail.parts.boxes().decided(id);
    if (box == null || box.gone) {
      throw Boxes.nonexistent();
    }
    return box;
  }

  @Override
  public Changes changesSince(Cursor from, PageLimit max) throws StoreException {
    checkOpen();
    Box box = mail.parts.boxes().decided(id);
    if (box == null || box.gone) {
      return gone(from);
    }
    try {
      Box quiet = box.quiet() ? box : mail.parts.boxes().quiet(id);
      ChangeFeed feed =
          new ChangeFeed(
              mail.parts.messages(),
              mail.parts.history(),
              mail.parts.cuts().orders,
              quiet,
              mail.info(id, info));
      return feed.since(from, max);
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT) {
        return gone(from);
      }
      throw e;
    }
  }

  private Changes gone(Cursor from) {
    return new Changes(List.of(), UidSet.EMPTY, from, false, false, true, info, 1, from.modSeq());
  }

  @Override
  public MessageContent content(long uid) throws StoreException {
    checkOpen();
    Message message = message(uid);
    return new CassandraContent(mail.parts.cql(), message);
  }

  private Message message(long uid) throws StoreException {
    List<Message> found = mail.parts.messages().read(id, UidSet.of(uid));
    if (found.isEmpty()) {
      requireThere();
      throw CassandraContent.expunged();
    }
    return found.get(0);
  }

  @Override
  public FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException {
    checkWritable();
    FlagsResult result =
        mail.parts
            .boxes()
            .change(id, draft -> FlagUpdate.run(draft, uids, change, unchangedSince, mail.parts));
    hintIf(!result.changed().isEmpty(), id);
    return result;
  }

  @Override
  public CopyResult copy(UidSet uids, MailboxName destination) throws StoreException {
    checkOpen();
    Transfer transfer = new Transfer(mail, id, destination);
    CopyResult result = transfer.copy(uids);
    hintIf(!result.copies().isEmpty(), transfer.target());
    return result;
  }

  @Override
  public CopyResult move(UidSet uids, MailboxName destination) throws StoreException {
    checkWritable();
    Transfer transfer = new Transfer(mail, id, destination);
    CopyResult result = transfer.move(uids);
    hintIf(!result.copies().isEmpty(), transfer.target());
    hintIf(!result.copies().isEmpty(), id);
    return result;
  }

  @Override
  public Expunged expungeDeleted(UidSet among) throws StoreException {
    return expunge(draft -> draft.deleted(among));
  }

  @Override
  public Expunged remove(UidSet uids) throws StoreException {
    return expunge(draft -> uids);
  }

  private interface Choice {
    UidSet of(Draft draft) throws StoreException;
  }

  private Expunged expunge(Choice choice) throws StoreException {
    checkWritable();
    Expunged expunged =
        mail.parts
            .boxes()
            .change(
                id,
                draft -> {
                  List<Message> going = draft.read(choice.of(draft));
                  if (going.isEmpty()) {
                    return new Expunged(UidSet.EMPTY, draft.before.modSeq);
                  }
                  Bodies.doubt(mail.parts.cql(), id, bodies(going));
                  UidSet uids = Messages.uids(going);
                  Removal.remove(draft, uids, going);
                  return new Expunged(uids, draft.box.modSeq);
                });
    hintIf(!expunged.uids().isEmpty(), id);
    mail.recounted();
    return expunged;
  }

  static List<UUID> bodies(List<Message> messages) {
    List<UUID> bodies = new ArrayList<>();
    for (Message message : messages) {
      bodies.add(message.body());
    }
    return bodies;
  }

  /** A column of its own condition: it stands in nobody's way. */
  @Override
  public long claimRecent() throws StoreException {
    checkOpen();
    for (int attempt = 0; attempt < Boxes.ATTEMPTS; attempt++) {
      Box box = requireThere();
      if (box.recentFrom == box.uidNext || access == Access.READ) {
        return box.recentFrom;
      }
      Cql.Outcome claimed =
          mail.parts
              .cql()
              .conditional(
                  List.of(
                      mail.parts
                          .cql()
                          .bind(
                              "UPDATE mailbox SET recent_from = ? WHERE id = ? IF recent_from = ?",
                              box.uidNext,
                              id,
                              box.recentFrom)));
      // RFC 3501 section 2.3.2: where it is not known who was first, several may be told so.
      if (claimed != Cql.Outcome.REFUSED) {
        return box.recentFrom;
      }
    }
    throw Boxes.contention();
  }

  @Override
  public void putIndex(long uid, MessageIndex index) throws StoreException {
    checkOpen();
    Message message = message(uid);
    mail.parts
        .cql()
        .writeAll(List.of(Bodies.index(mail.parts.cql(), message.body(), index.encode())));
  }

  private void hintIf(boolean changed, @Nullable String mailbox) {
    if (changed && mailbox != null) {
      mail.hint(mailbox);
    }
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw new StoreException(Code.FAULT, "the mailbox was closed");
    }
    if (access == Access.EXCLUSIVE) {
      mail.parts.leases().renew(id, holder);
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
      if (access == Access.EXCLUSIVE) {
        mail.parts.leases().release(id, holder);
      }
    }
  }
}
