package org.posthorn.store.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Place;

/** In one database the originals go in the transaction that commits the copies. */
final class PgMoves implements Moves {
  private record Originals(Place source, UidSet uids) {}

  private final Directory directory;
  private final Map<String, Originals> underWay = new ConcurrentHashMap<>();

  PgMoves(Directory directory) {
    this.directory = directory;
  }

  @Override
  public String begin(Place source, UidSet uids, Place target) {
    String move = NewIds.next('V');
    underWay.put(move, new Originals(source, uids));
    return move;
  }

  @Override
  public void end(String move, Place target) {
    underWay.remove(move);
  }

  @Override
  public <T> T commit(AccountMail target, String move, Work<T> copies) throws StoreException {
    Originals originals = underWay.get(move);
    if (originals == null) {
      throw new IllegalStateException("a move that was not begun");
    }
    AccountMail source = directory.open(originals.source.owner());
    try {
      return commit(source, originals, target, copies);
    } finally {
      source.release();
    }
  }

  private static <T> T commit(
      AccountMail source, Originals originals, AccountMail target, Work<T> copies)
      throws StoreException {
    @Nullable MailboxRow[] from = {null};
    T result =
        target.writeTogether(
            source,
            db -> {
              T copied = copies.run(db);
              Db other = db.of(source.id);
              MailboxRow row = MailboxRow.find(other, originals.source.id());
              if (row != null) {
                UidSet left = originals.uids.intersect(source.uidSets.at(other, row));
                Removal.removeUncharged(other, source, row, left);
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
  public void recover() {
    // Nothing is ever half done.
  }
}
