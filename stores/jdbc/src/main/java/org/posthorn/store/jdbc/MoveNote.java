package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Appended;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.UidSet;

/**
 * What the file of the target says about a move: which messages are copies of which. As text: UIDs
 * of the originals, OBJECTID of the mailbox, UIDs of the copies.
 */
final class MoveNote {
  private static final byte[] NOTHING = {};

  private MoveNote() {}

  static byte[] of(UidSet originals, Appended copies) {
    MailboxInfo mailbox = copies.mailbox();
    return mailbox.id() == null || copies.uids().isEmpty()
        ? NOTHING
        : (originals + " " + mailbox.id().value() + " " + copies.uids()).getBytes(US_ASCII);
  }

  /**
   * Originals whose copies are still there.
   *
   * @param all for a note of an earlier release, which did not say it
   */
  static UidSet done(Db db, AccountMail target, byte[] note, UidSet all) throws SQLException {
    if (note.length == 0) {
      return all;
    }
    String[] words = new String(note, US_ASCII).split(" ", -1);
    MailboxRow mailbox = MailboxRow.find(db, new MailboxId(words[1]));
    if (mailbox == null) {
      return UidSet.EMPTY;
    }
    UidSet originals = UidSet.parse(words[0]);
    UidSet copies = UidSet.parse(words[2]);
    UidSet there = copies.intersect(target.uidSets.at(db, mailbox));
    if (there.size() == copies.size()) {
      return originals;
    }
    UidSet.Builder done = UidSet.builder();
    // Several may have come in place of one.
    there.forEachUid(
        copy -> done.add(originals.nth(Math.min(copies.rank(copy), originals.size() - 1))));
    return done.build();
  }
}
