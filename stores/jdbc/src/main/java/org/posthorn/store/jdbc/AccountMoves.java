package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.MoveJournal;
import org.posthorn.store.support.Place;

/** The journal of moves between accounts: a row in the directory, a note in the target's file. */
final class AccountMoves implements MoveJournal {
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
    AccountFile file = find(target);
    if (file != null) {
      try {
        // Left behind by a crash it would mean nothing without the row.
        file.writeUnsynced(
            db -> db.update("DELETE FROM attribute WHERE object = '' AND name = ?", NOTE + move));
      } finally {
        file.release();
      }
    }
  }

  /** Within the transaction that commits the copies. */
  static void note(Db db, String move) throws SQLException {
    db.update(
        "INSERT INTO attribute (object, name, value) VALUES ('', ?, ?)", NOTE + move, new byte[0]);
  }

  /** Finishes what a crash left half done. */
  void recover() throws StoreException {
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
    AccountFile file = find(move.target());
    if (file == null) {
      return false;
    }
    try {
      return file.read(
          db ->
              db.number(
                      "SELECT 1 FROM attribute WHERE object = '' AND name = ?", NOTE + move.name())
                  != 0);
    } finally {
      file.release();
    }
  }

  private void removeOriginals(Move move) throws StoreException {
    AccountFile file = find(move.source());
    if (file == null) {
      return;
    }
    try {
      file.write(
          db -> {
            long id = db.number("SELECT id FROM mailbox WHERE object_id = ?", move.mailbox());
            MailboxRow mailbox = id == 0 ? null : MailboxRow.find(db, id);
            if (mailbox != null) {
              UidSet left = move.uids().intersect(file.uidSets.at(db, mailbox));
              Removal.remove(db, file, mailbox, left);
            }
            return true;
          });
    } finally {
      file.release();
    }
  }

  /** Null when the account was deleted meanwhile. */
  private @Nullable AccountFile find(String account) throws StoreException {
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
