package org.posthorn.imap.fetch;

import java.util.function.Consumer;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** FETCH responses under way: a page is made, sent, and only then the next one made. */
public final class FetchPages {
  private static final int REVERSED_AT_ONCE = 100;

  private final Session session;
  private final Selected selected;
  private final FetchProgram program;
  private final Consumer<FetchPages> then;
  private final Consumer<StoreException> failed;
  private final long asked;
  private UidSet left;
  private long gone;
  private long octets;
  private boolean undecodable;
  private boolean newestFirst;

  /**
   * @param then goes on when all is sent; a failure ends the command instead
   */
  public FetchPages(Session session, FetchProgram program, UidSet uids, Consumer<FetchPages> then) {
    this(session, program, uids, then, session::fail);
  }

  /** As above, with a failure of its own. */
  public FetchPages(
      Session session,
      FetchProgram program,
      UidSet uids,
      Consumer<FetchPages> then,
      Consumer<StoreException> failed) {
    this.session = session;
    this.selected = session.selected();
    this.program = program;
    this.left = uids;
    this.asked = uids.size();
    this.then = then;
    this.failed = failed;
  }

  /** Begins with the highest UID. */
  public FetchPages newestFirst(boolean reversed) {
    newestFirst = reversed;
    return this;
  }

  /** Makes the next page, or goes on. */
  public void next() {
    if (left.isEmpty()) {
      then.accept(this);
      return;
    }
    UidSet some =
        newestFirst ? left.slice(Math.max(0, left.size() - REVERSED_AT_ONCE), left.size()) : left;
    session.call(
        new FetchCall(
            selected.mailbox(),
            program,
            session.fetchView(),
            some,
            !selected.readOnly(),
            FetchCall.DEFAULT_OCTETS,
            newestFirst),
        page -> page(page, some),
        failed);
  }

  private void page(FetchPage page, UidSet some) {
    selected.own(page.modSeq(), page.seen());
    if (page.modSeq() > 0) {
      selected.touch();
    }
    selected.spoke(page.spokenModSeq());
    if (!page.gone().isEmpty()) {
      gone += page.gone().size();
      selected.touch();
    }
    undecodable |= !page.undecodable().isEmpty();
    for (FetchOutput.Piece piece : page.output()) {
      if (piece instanceof FetchOutput.Bytes bytes) {
        octets += bytes.octets().remaining();
        session.flow().give(bytes.octets());
      } else if (piece instanceof FetchOutput.Stream stream) {
        octets += stream.source().length();
        session.flow().transfer(stream.source());
      }
    }
    left = newestFirst ? older(page, some) : newer(page);
    if (session.isAnswering()) {
      session.progress().at(asked - left.size(), asked);
    }
    session.flow().whenWritable(this::next);
  }

  private UidSet newer(FetchPage page) {
    return page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
  }

  private UidSet older(FetchPage page, UidSet some) {
    return page.next() == 0 ? left.minus(some) : left.clamp(1, page.next());
  }

  /** Messages asked for that do not exist any more. */
  public long gone() {
    return gone;
  }

  /** Whether messages were passed over since something is encoded in an unknown way. */
  public boolean undecodable() {
    return undecodable;
  }

  /** Octets sent. */
  public long octets() {
    return octets;
  }
}
