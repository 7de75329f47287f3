package org.posthorn.store.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Place;

/** The journal of moves between accounts: a row in the directory, a note in the target's file. */
final class AccountMoves implements Moves {
  private static final String NOTE = "move/";

  private final Directory directory;

  AccountMoves(Directory directory) {
    this.directory = directory;
  }

  private record Move(String name, String source, String mailbox, UidSet uids, String target) {}

  @Override
  public String begin(Place source, UidSet uids, Place target) throws StoreException {
    String name = NewIds.next('V');
    directory.write(
        db ->
            db.update(
                "INSERT INTO account_move (name, source, source_mailbox, uids, target)"
                    + " VALUES (?, ?, ?, ?, ?)",
                name,
                source.owner(),
                source.id().value(),
                uids.toString(),
                target.owner()));
    return name;
  }

  @Override
  public void end(String move, Place target) throws StoreException {
    end(move, target.owner());
  }

  private void end(String move, String target) throws StoreException {
    directory.write(db -> db.update("DELETE FROM account_move WHERE name = ?", move));
    AccountMail mail = find(target);
    if (mail != null) {
      try {
        // Left behind by a crash it would mean nothing without the row.
        mail.writeUnsynced(db -> Attributes.remove(db, "", NOTE + move));
      } finally {
        mail.release();
      }
    }
  }

  @Override
  public <T> T commit(AccountMail target, String move, Work<T> copies) throws StoreException {
    return target.write(
        db -> {
          Attributes.add(db, "", NOTE + move, new byte[0]);
          return copies.run(db);
        });
  }

  @Override
  public void recover() throws StoreException {
    List<Move> moves =
        directory.read(
            db ->
                db.all(
                    row ->
                        new Move(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            UidSet.parse(row.getString(4)),
                            row.getString(5)),
                    "SELECT name, source, source_mailbox, uids, target FROM account_move"));
    for (Move move : moves) {
      if (copiesAreThere(move)) {
        removeOriginals(move);
      }
      end(move.name(), move.target());
    }
  }

  private boolean copiesAreThere(Move move) throws StoreException {
    AccountMail mail = find(move.target());
    if (mail == null) {
      return false;
    }
    try {
      return mail.read(db -> Attributes.contains(db, "", NOTE + move.name()));
    } finally {
      mail.release();
    }
  }

  private void removeOriginals(Move move) throws StoreException {
    AccountMail mail = find(move.source());
    if (mail == null) {
      return;
    }
    try {
      mail.write(
          db -> {
            long id =
                db.number(
                    "SELECT id FROM mailbox WHERE account = ? AND object_id = ?",
                    db.tenant(),
                    move.mailbox());
            MailboxRow mailbox = id == 0 ? null : MailboxRow.find(db, id);
            if (mailbox != null) {
              UidSet left = move.uids().intersect(mail.uidSets.at(db, mailbox));
              Removal.remove(db, mail, mailbox, left);
            }
            return true;
          });
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
