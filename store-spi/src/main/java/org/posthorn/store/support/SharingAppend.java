package org.posthorn.store.support;

import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** Stores only the flags that whoever appends may set (RFC 4314 section 4). */
final class SharingAppend implements AppendGroup {
  private final AppendGroup group;
  private final Rights rights;
  private final MailboxName name;

  SharingAppend(AppendGroup group, Rights rights, MailboxName name) {
    this.group = group;
    this.rights = rights;
    this.name = name;
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    return group.next(spec.withFlags(rights.permitted(spec.flags())));
  }

  @Override
  public Appended commit() throws StoreException {
    Appended appended = group.commit();
    return new Appended(
        OthersList.renamed(appended.mailbox(), name, appended.mailbox().subscribed()),
        appended.uids(),
        appended.modSeq());
  }

  @Override
  public void close() throws StoreException {
    group.close();
  }
}
