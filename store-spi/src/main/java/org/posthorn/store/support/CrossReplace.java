package org.posthorn.store.support;

import java.util.Optional;
import org.posthorn.mime.MessageIndex;
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

/**
 * Replaces a message by one in another account. The new one is there before the old one goes, so a
 * crash between leaves both, never none.
 */
final class CrossReplace implements AppendGroup {
  private final AppendGroup group;
  private final Replaced replaced;

  private CrossReplace(AppendGroup group, Replaced replaced) {
    this.group = group;
    this.replaced = replaced;
  }

  static CrossReplace begin(Account account, Identity who, Place place, Replaced replaced)
      throws StoreException {
    requireThere(replaced);
    AppendGroup group = account.beginAppend(place.name(), Optional.empty());
    return new CrossReplace(new SharingAppend(group, who, place), replaced);
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
    requireThere(replaced);
    Appended appended = group.commit();
    replaced.mailbox().remove(UidSet.of(replaced.uid()));
    return appended;
  }

  @Override
  public void close() throws StoreException {
    group.close();
  }
}
