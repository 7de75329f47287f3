package org.posthorn.imap.context;

import java.util.List;
import java.util.function.Consumer;
import org.posthorn.imap.Session;
import org.posthorn.imap.esearch.Found;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What a SEARCH found. */
public final class MailboxOrder implements ContextOrder {
  private UidSet uids;

  /**
   * @param found by now
   */
  public MailboxOrder(UidSet found) {
    this.uids = found;
  }

  @Override
  public UidSet uids() {
    return uids;
  }

  @Override
  public List<Placed> remove(UidSet gone) {
    uids = uids.minus(gone);
    return List.of(new Placed(0, Found.ascending(gone)));
  }

  @Override
  public void add(
      Session session, UidSet added, Consumer<List<Placed>> then, Consumer<StoreException> failed) {
    uids = uids.union(added);
    then.accept(List.of(new Placed(0, Found.ascending(added))));
  }

  @Override
  public long weight() {
    return 0;
  }
}
