package org.posthorn.store.support;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * COPY and MOVE between the mailboxes of two accounts: the octets are read and written anew, or
 * shared where the store can.
 */
final class CrossCopy {
  private static final int SLICE = 64 << 10;
  private static final Set<Item> ITEMS = Set.of(Item.SIZE, Item.INTERNAL_DATE, Item.INDEX);

  private CrossCopy() {}

  static CopyResult copy(Identity who, Mailbox source, UidSet uids, Account account, Place target)
      throws StoreException {
    return copy(who, source, uids, account, target, "", "");
  }

  private static CopyResult copy(
      Identity who,
      Mailbox source,
      UidSet uids,
      Account account,
      Place target,
      String move,
      String mover)
      throws StoreException {
    UidSet wanted = uids.intersect(source.snapshot().uids());
    try (AppendGroup group = account.beginAppend(target.name(), Optional.empty())) {
      if (!move.isEmpty() && group instanceof MoveJournal.Noting noting) {
        noting.movesFrom(mover);
      }
      ByteBuffer slice = ByteBuffer.allocate(SLICE);
      UidSet.Builder copied = UidSet.builder();
      long next = wanted.isEmpty() ? 0 : wanted.first();
      while (next > 0) {
        Page page = source.list(wanted.clamp(next, UidSet.MAX_UID), PageLimit.DEFAULT, ITEMS);
        for (Row row : page.rows()) {
          copyOne(source, row, group, target, slice);
          copied.add(row.uid());
        }
        next = page.next();
      }
      UidSet found = copied.build();
      Handover.note(group, move, found);
      Appended appended = group.commit();
      return new CopyResult(
          OthersList.seen(who, target.owner(), appended.mailbox()),
          found,
          appended.uids(),
          uids.minus(found),
          0);
    }
  }

  private static void copyOne(
      Mailbox source, Row row, AppendGroup group, Place target, ByteBuffer slice)
      throws StoreException {
    AppendSpec spec =
        new AppendSpec(
            OptionalLong.of(row.size()),
            Long.MAX_VALUE,
            target.rights().permitted(row.flags()),
            row.internalDate());
    MessageIndex index = row.index();
    try (MessageContent content = source.content(row.uid())) {
      if (index != null) {
        group.nextLike(spec, content, index);
        return;
      }
      IndexingAppend append = new IndexingAppend(group.next(spec));
      long position = 0;
      for (int count; (count = content.read(position, slice.clear())) >= 0; position += count) {
        append.write(slice.flip());
      }
      append.end();
    }
  }

  static CopyResult move(
      Identity who,
      MoveJournal journal,
      Place from,
      Mailbox source,
      UidSet uids,
      Account account,
      Place target)
      throws StoreException {
    UidSet wanted = uids.intersect(source.snapshot().uids());
    Handover.Done<CopyResult> done =
        new Handover(journal, from, source, target)
            .run(
                wanted,
                move -> copy(who, source, wanted, account, target, move, from.owner()),
                CopyResult::source);
    CopyResult copied = done.arrived();
    return new CopyResult(
        copied.destination(),
        copied.source(),
        copied.copies(),
        uids.minus(copied.source()),
        done.originals().modSeq());
  }
}
