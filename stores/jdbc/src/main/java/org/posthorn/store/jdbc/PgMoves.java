package org.posthorn.store.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.Appended;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Place;

/** In one database the originals go in the transaction that commits the copies. */
final class PgMoves implements Moves {
  private final Directory directory;
  private final Map<String, Place> underWay = new ConcurrentHashMap<>();

  PgMoves(Directory directory) {
    this.directory = directory;
  }

  @Override
  public String begin(Place source, UidSet uids, Place target) {
    String move = NewIds.next('V');
    underWay.put(move, source);
    return move;
  }

  @Override
  public void end(String move, Place target) {
    underWay.remove(move);
  }

  @Override
  public Appended commit(AccountMail target, String move, UidSet originals, Work<Appended> copies)
      throws StoreException {
    Place place = underWay.get(move);
    if (place == null) {
      throw new IllegalStateException("a move that was not begun");
    }
    AccountMail source = directory.open(place.owner());
    try {
      return commit(source, place, originals, target, copies);
    } finally {
      source.release();
    }
  }

  private static Appended commit(
      AccountMail source, Place place, UidSet originals, AccountMail target, Work<Appended> copies)
      throws StoreException {
    @Nullable MailboxRow[] from = {null};
    Appended result =
        target.writeTogether(
            source,
            db -> {
              Appended copied = copies.run(db);
              Db other = db.of(source.id);
              if (!copied.uids().isEmpty()) {
                MailboxRow row = MailboxRow.find(other, place.id());
                if (row == null || !originals.minus(source.uidSets.at(other, row)).isEmpty()) {
                  // Somebody expunged them, or moved them already: their copies would be too many.
                  throw JdbcContent.expunged();
                }
                Removal.removeUncharged(other, source, row, originals);
                from[0] = row;
              }
              return copied;
            });
    if (from[0] != null) {
      source.hints.changed(from[0]);
    }
    return result;
  }

  @Override
  public void leftHalfDone(String move) {
    underWay.remove(move);
  }

  @Override
  public void recover() {
    // Nothing is ever half done.
  }

  @Override
  public void finish(String account) {
    // As above.
  }
}
