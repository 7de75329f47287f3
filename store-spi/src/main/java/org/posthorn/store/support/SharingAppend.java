package org.posthorn.store.support;

import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Identity;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** Stores only the flags that whoever appends may set (RFC 4314 section 4). */
final class SharingAppend implements AppendGroup {
  private final AppendGroup group;
  private final Rights rights;
  private final Identity who;
  private final String owner;

  SharingAppend(AppendGroup group, Identity who, Place destination) {
    this.group = group;
    this.rights = destination.rights();
    this.who = who;
    this.owner = destination.owner();
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    return group.next(spec.withFlags(rights.permitted(spec.flags())));
  }

  @Override
  public void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
      throws StoreException {
    group.nextLike(spec.withFlags(rights.permitted(spec.flags())), like, index);
  }

  @Override
  public Appended commit() throws StoreException {
    Appended appended = group.commit();
    return new Appended(
        OthersList.seen(who, owner, appended.mailbox()), appended.uids(), appended.modSeq());
  }

  @Override
  public void close() throws StoreException {
    group.close();
  }
}
