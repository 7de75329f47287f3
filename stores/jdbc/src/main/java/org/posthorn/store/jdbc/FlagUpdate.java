package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.posthorn.sqlite.Db;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * STORE within one transaction. Works on runs of messages that are alike and not on single ones:
 * marking a whole mailbox as read is a handful of statements.
 */
final class FlagUpdate {
  /** Runs that are read and written at a time. */
  private static final int AT_ONCE = 10_000;

  private final AccountMail mail;
  private final Db db;
  private final MailboxRow mailbox;
  private final FlagChange change;
  private final DeletedOctets deletedOctets;
  private final UidSet.Builder changed = UidSet.builder();

  /** Numbers of the keywords that messages have now. */
  private final Map<Flags, Long> interned = new HashMap<>();

  FlagUpdate(AccountMail mail, Db db, MailboxRow mailbox, FlagChange change) {
    this.mail = mail;
    this.db = db;
    this.mailbox = mailbox;
    this.change = change;
    this.deletedOctets = new DeletedOctets(db, mailbox);
  }

  FlagsResult run(UidSet uids, OptionalLong unchangedSince) throws SQLException, StoreException {
    UidSet existing = mail.uidSets.at(db, mailbox);
    UidSet wanted = uids.intersect(existing);
    UidSet refused =
        unchangedSince.isPresent()
            ? changedAfter(unchangedSince.getAsLong(), wanted, existing)
            : UidSet.EMPTY;
    for (UidSet.Range range : Ranges.cover(wanted.minus(refused), existing)) {
      update(range, existing);
    }
    UidSet all = changed.build();
    if (!all.isEmpty()) {
      mailbox.nextModSeq();
      mailbox.save(db);
    }
    return new FlagsResult(all, refused, uids.minus(existing), mailbox.modSeq);
  }

  private UidSet changedAfter(long modSeq, UidSet wanted, UidSet existing) throws SQLException {
    if (modSeq >= mailbox.modSeq) {
      return UidSet.EMPTY;
    }
    UidSet.Builder found = UidSet.builder();
    for (UidSet.Range range : Ranges.cover(wanted, existing)) {
      for (Run run : Runs.within(db, mailbox.id, range)) {
        if (run.modSeq() > modSeq) {
          found.addRange(run.first(), run.last());
        }
      }
    }
    return found.build().intersect(wanted);
  }

  private void update(UidSet.Range range, UidSet existing) throws SQLException, StoreException {
    long from = range.first();
    List<Run> runs;
    do {
      runs = Runs.between(db, mailbox.id, from, range.last(), AT_ONCE);
      if (!runs.isEmpty()) {
        rewrite(runs, range, existing);
        from = runs.get(runs.size() - 1).last() + 1;
      }
    } while (runs.size() == AT_ONCE);
  }

  /** Writes the runs anew of which something changes, what changes nothing stays where it is. */
  private void rewrite(List<Run> runs, UidSet.Range range, UidSet existing)
      throws SQLException, StoreException {
    RunWriter writer = new RunWriter(db, mailbox.id);
    int begun = -1;
    for (int i = 0; i <= runs.size(); i++) {
      boolean changes = i < runs.size() && changes(runs.get(i));
      if (changes && begun < 0) {
        begun = i;
      } else if (!changes && begun >= 0) {
        Runs.delete(db, mailbox.id, runs.get(begun).last(), runs.get(i - 1).last());
        for (Run run : runs.subList(begun, i)) {
          replace(run, range, existing, writer);
        }
        writer.flush();
        deletedOctets.flush();
        begun = -1;
      }
    }
  }

  private boolean changes(Run run) throws SQLException {
    Flags before = mail.keywords.flags(db, run.systemBits(), run.keywords());
    return !change.apply(before).equals(before);
  }

  /** What of the run lies within the range changes, the rest of it stays what it was. */
  private void replace(Run run, UidSet.Range range, UidSet existing, RunWriter writer)
      throws SQLException, StoreException {
    Flags after = change.apply(mail.keywords.flags(db, run.systemBits(), run.keywords()));
    Run part = run.within(range.first(), range.last());
    if (run.first() < part.first()) {
      writer.add(run.within(run.first(), existing.nth(existing.rank(part.first()) - 1)), false);
    }
    writer.add(
        new Run(part.first(), part.last(), mailbox.modSeq + 1, after.systemBits(), keywords(after)),
        true);
    count(part, after, existing);
    if (run.last() > part.last()) {
      writer.add(run.within(existing.nth(existing.rank(part.last() + 1)), run.last()), false);
    }
  }

  private long keywords(Flags flags) throws SQLException, StoreException {
    Long known = interned.get(flags);
    if (known == null) {
      known = mail.keywords.intern(db, mailbox.id, flags);
      interned.put(flags, known);
    }
    return known;
  }

  private void count(Run part, Flags after, UidSet existing) throws SQLException {
    UidSet uids = existing.clamp(part.first(), part.last());
    changed.addAll(uids);
    mailbox.subtract(Tally.of(part.systemBits(), uids.size(), 0));
    mailbox.add(Tally.of(after.systemBits(), uids.size(), 0));
    deletedOctets.add(part, after.systemBits());
  }
}
