package org.posthorn.store.support;

import java.util.Optional;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Identity;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Replaces a message by one in another account. */
final class CrossReplace implements AppendGroup {
  private final AppendGroup bare;
  private final AppendGroup group;
  private final Replaced replaced;
  private final Handover handover;

  private CrossReplace(AppendGroup bare, AppendGroup group, Replaced replaced, Handover handover) {
    this.bare = bare;
    this.group = group;
    this.replaced = replaced;
    this.handover = handover;
  }

  static CrossReplace begin(
      Account account,
      Identity who,
      MoveJournal journal,
      Place from,
      Replaced replaced,
      Place target)
      throws StoreException {
    if (replaced.mailbox().access() == Access.READ) {
      throw new StoreException(Code.READ_ONLY, "the mailbox was opened for reading");
    }
    requireThere(replaced);
    AppendGroup bare = account.beginAppend(target.name(), Optional.empty());
    return new CrossReplace(
        bare,
        new SharingAppend(bare, who, target),
        replaced,
        new Handover(journal, from, replaced.mailbox(), target));
  }

  private static void requireThere(Replaced replaced) throws StoreException {
    if (!replaced.mailbox().snapshot().uids().contains(replaced.uid())) {
      throw new StoreException(Code.EXPUNGED, "the message to replace is gone");
    }
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    return group.next(spec);
  }

  @Override
  public void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
      throws StoreException {
    group.nextLike(spec, like, index);
  }

  @Override
  public Appended commit() throws StoreException {
    UidSet old = UidSet.of(replaced.uid());
    return handover
        .run(
            old,
            move -> {
              requireThere(replaced);
              Handover.note(bare, move, old);
              return group.commit();
            },
            appended -> appended.uids().isEmpty() ? UidSet.EMPTY : old)
        .arrived();
  }

  @Override
  public void close() throws StoreException {
    group.close();
  }
}
