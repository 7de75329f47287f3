package org.posthorn.imap.context;

import java.util.List;
import java.util.function.Consumer;
import org.posthorn.imap.Session;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** The result of a search that is kept up to date, in its order. */
public interface ContextOrder {
  /** All of it. */
  UidSet uids();

  /**
   * Takes messages out.
   *
   * @param gone some of {@link #uids}
   * @return where they were, to be taken out one after the other
   */
  List<Placed> remove(UidSet gone);

  /**
   * Puts messages in.
   *
   * @param added none of {@link #uids}
   * @param then is given where they are, to be put in one after the other
   */
  void add(
      Session session, UidSet added, Consumer<List<Placed>> then, Consumer<StoreException> failed);

  /** Octets of memory that it takes beyond those of a UID set, about. */
  long weight();
}
