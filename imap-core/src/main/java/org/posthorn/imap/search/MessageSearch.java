package org.posthorn.imap.search;

import java.util.function.Consumer;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Finds messages of the selected mailbox, page by page, for a command that goes on with them. */
public final class MessageSearch {
  private final Session session;
  private final Selected selected;
  private final SearchProgram program;
  private final UidSet.Builder matches = UidSet.builder();
  private long highestModSeq;

  /**
   * What was found.
   *
   * @param highestModSeq the greatest MODSEQ among them, 0 when there is none
   */
  public record Result(UidSet uids, long highestModSeq) {}

  /** A search that is to be run once. */
  public MessageSearch(Session session, SearchProgram program) {
    this.session = session;
    this.selected = session.selected();
    this.program = program.in(SearchView.of(session));
  }

  /** Runs it, then goes on. */
  public void run(Consumer<Result> then, Consumer<StoreException> failed) {
    search(selected.view(), then, failed);
  }

  private void search(UidSet left, Consumer<Result> then, Consumer<StoreException> failed) {
    if (left.isEmpty()) {
      then.accept(new Result(matches.build(), highestModSeq));
      return;
    }
    session.call(
        new SearchCall(selected.mailbox(), program, left),
        page -> {
          matches.addAll(page.matches());
          highestModSeq = Math.max(highestModSeq, page.highestModSeq());
          UidSet rest = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
          search(rest, then, failed);
        },
        failed);
  }
}
