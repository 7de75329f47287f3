package org.posthorn.store.jdbc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Work;
import org.posthorn.store.Appended;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Place;

/**
 * The journal of moves between accounts, a REPLACE among them: a row in the directory, a note in
 * the target's file. A move that failed half done is tried again before the next change of either
 * account, and when the store is opened.
 */
final class AccountMoves implements Moves {
  private static final String NOTE = "move/";
  private static final System.Logger LOG = System.getLogger(AccountMoves.class.getName());

  private final Directory directory;
  private final Map<String, Move> underWay = new ConcurrentHashMap<>();
  private final Map<String, Move> halfDone = new ConcurrentHashMap<>();

  AccountMoves(Directory directory) {
    this.directory = directory;
  }

  private record Move(String name, String source, MailboxId mailbox, UidSet uids, String target) {
    boolean concerns(String account) {
      return account.equals(source) || account.equals(target);
    }

    boolean overlaps(Move other) {
      return mailbox.equals(other.mailbox)
          && source.equals(other.source)
          && !uids.intersect(other.uids).isEmpty();
    }
  }

  @Override
  public String begin(Place source, UidSet uids, Place target) throws StoreException {
    finishOrRefuse(source.owner());
    finishOrRefuse(target.owner());
    Move move = new Move(NewIds.next('V'), source.owner(), source.id(), uids, target.owner());
    reserve(move);
    boolean known = false;
    try {
      directory.write(
          db ->
              db.update(
                  "INSERT INTO account_move (name, source, source_mailbox, uids, target)"
                      + " VALUES (?, ?, ?, ?, ?)",
                  move.name,
                  move.source,
                  move.mailbox.value(),
                  uids.toString(),
                  move.target));
      known = true;
    } finally {
      if (!known) {
        underWay.remove(move.name);
      }
    }
    return move.name;
  }

  /** A message is moved once: whoever asks again looks anew when the first move is done. */
  private synchronized void reserve(Move move) throws StoreException {
    for (Map<String, Move> others : List.of(underWay, halfDone)) {
      for (Move other : others.values()) {
        if (move.overlaps(other)) {
          throw new StoreException(Code.IN_USE, "these messages are being moved already");
        }
      }
    }
    underWay.put(move.name, move);
  }

  @Override
  public Appended commit(AccountMail target, String move, UidSet originals, Work<Appended> copies)
      throws StoreException {
    return target.write(
        db -> {
          Appended appended = copies.run(db);
          if (!appended.uids().isEmpty()) {
            Attributes.add(db, "", NOTE + move, MoveNote.of(originals, appended));
          }
          return appended;
        });
  }

  /** What the journal keeps of it is no matter of whoever asked for the move. */
  @Override
  public void end(String name, Place target) {
    Move move = underWay.remove(name);
    if (move != null) {
      try {
        forget(move);
      } catch (StoreException e) {
        tryLater(move, e);
      }
    }
  }

  @Override
  public void leftHalfDone(String name) {
    Move move = underWay.get(name);
    if (move != null) {
      // At no moment in neither, so that nobody moves the same meanwhile.
      halfDone.put(name, move);
      underWay.remove(name);
    }
  }

  @Override
  public void recover() throws StoreException {
    for (Move move :
        directory.read(
            db ->
                db.all(
                    row ->
                        new Move(
                            row.getString(1),
                            row.getString(2),
                            new MailboxId(row.getString(3)),
                            UidSet.parse(row.getString(4)),
                            row.getString(5)),
                    "SELECT name, source, source_mailbox, uids, target FROM account_move"))) {
      try {
        settle(move);
      } catch (StoreException e) {
        tryLater(move, e);
      }
    }
  }

  @Override
  public void finish(String account) {
    if (!halfDone.isEmpty()) {
      try {
        finishOrRefuse(account);
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.DEBUG, "a move is still half done", e);
      }
    }
  }

  /** One after the other, so that nobody goes on while it is being done. */
  private synchronized void finishOrRefuse(String account) throws StoreException {
    for (Move move : List.copyOf(halfDone.values())) {
      // What this changes in turn must not find it again.
      if (move.concerns(account) && halfDone.remove(move.name, move)) {
        boolean done = false;
        try {
          settle(move);
          done = true;
        } finally {
          if (!done) {
            halfDone.put(move.name, move);
          }
        }
      }
    }
  }

  private void tryLater(Move move, StoreException why) {
    halfDone.put(move.name, move);
    LOG.log(
        System.Logger.Level.WARNING,
        "a move from " + move.source + " to " + move.target + " is half done",
        why);
  }

  private void settle(Move move) throws StoreException {
    UidSet done = done(move);
    if (!done.isEmpty()) {
      removeOriginals(move, done);
    }
    forget(move);
  }

  /** The note first: without a row it would mean nothing, and nobody would find it. */
  private void forget(Move move) throws StoreException {
    AccountMail mail = find(move.target);
    if (mail != null) {
      try {
        mail.writeUnsynced(db -> Attributes.remove(db, "", NOTE + move.name));
      } finally {
        mail.release();
      }
    }
    directory.write(db -> db.update("DELETE FROM account_move WHERE name = ?", move.name));
  }

  /** Originals that are to go. */
  private UidSet done(Move move) throws StoreException {
    AccountMail mail = find(move.target);
    if (mail == null) {
      return UidSet.EMPTY;
    }
    try {
      return mail.read(
          db -> {
            byte[] note = Attributes.find(db, "", NOTE + move.name);
            return note == null ? UidSet.EMPTY : MoveNote.done(db, mail, note, move.uids);
          });
    } finally {
      mail.release();
    }
  }

  private void removeOriginals(Move move, UidSet done) throws StoreException {
    AccountMail mail = find(move.source);
    if (mail == null) {
      return;
    }
    try {
      @Nullable MailboxRow[] changed = {null};
      mail.write(
          db -> {
            MailboxRow mailbox = MailboxRow.find(db, move.mailbox);
            if (mailbox != null) {
              UidSet left = done.intersect(mail.uidSets.at(db, mailbox));
              Removal.remove(db, mail, mailbox, left);
              changed[0] = mailbox;
            }
            return done;
          });
      if (changed[0] != null) {
        mail.hints.changed(changed[0]);
      }
    } finally {
      mail.release();
    }
  }

  /** Null when the account was deleted meanwhile. */
  private @Nullable AccountMail find(String account) throws StoreException {
    try {
      return directory.open(account);
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT) {
        return null;
      }
      throw e;
    }
  }
}
