package org.posthorn.store.jdbc;

import org.posthorn.mime.CaseMap;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Sharing;

/** Searches in the index of trigrams. */
final class JdbcSearch implements SearchIndex {
  private static final int SHORTEST = 3;

  /** Code points of a needle that are looked up; what follows narrows a superset no further. */
  private static final int LONGEST = 200;

  @Override
  public UidSet candidates(Mailbox mailbox, UidSet among, Scope scope, String needle)
      throws StoreException {
    if (!(Sharing.unwrapped(mailbox) instanceof JdbcMailbox own)) {
      throw new IllegalArgumentException("a mailbox of another store");
    }
    String folded = CaseMap.fold(needle);
    int length = folded.codePointCount(0, folded.length());
    if (among.isEmpty() || length < SHORTEST || folded.indexOf('\0') >= 0) {
      return among;
    }
    String phrase = folded.substring(0, folded.offsetByCodePoints(0, Math.min(length, LONGEST)));
    AccountMail mail = own.mail();
    catchUp(mail);
    return mail.read(
        db -> {
          MailboxRow.require(db, own.rowId());
          return mail.texts.table().find(db, own.rowId(), among, scope, phrase);
        });
  }

  /** What is not in the index is a candidate: so a search needs no index that can be written to. */
  private static void catchUp(AccountMail mail) throws StoreException {
    try {
      mail.texts.catchUp();
    } catch (StoreException e) {
      if (!e.code().refusesOnlyChanges() && e.code() != StoreException.Code.UNAVAILABLE) {
        throw e;
      }
    }
  }
}
