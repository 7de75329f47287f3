package org.posthorn.imap.multisearch;

import java.time.Instant;
import org.posthorn.imap.search.Scores;
import org.posthorn.imap.search.SearchCall;
import org.posthorn.imap.search.SearchPage;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchView;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Searches a mailbox that is not selected, one page. It is opened and closed in the call, so that
 * nothing is held between the pages.
 *
 * @param before where the page before ended
 */
record MailboxSearchCall(
    Account account, MailboxName name, SearchProgram program, Instant now, Progress before)
    implements StoreCall<MailboxSearchCall.Progress> {

  /**
   * How far a search is.
   *
   * @param uidValidity of the mailbox, 0 before the first page
   * @param view the messages that were there when it began
   * @param matches those found so far
   * @param highestModSeq the greatest MODSEQ among these
   * @param scores of the messages found, where the search is fuzzy
   * @param next the first UID that was not tested, 0 when all were
   */
  record Progress(
      long uidValidity, UidSet view, UidSet matches, long highestModSeq, Scores scores, long next) {
    /** Before the first page. */
    static final Progress NONE = new Progress(0, UidSet.EMPTY, UidSet.EMPTY, 0, Scores.NONE, 1);

    private Progress end() {
      return new Progress(uidValidity, view, matches, highestModSeq, scores, 0);
    }
  }

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public Progress invoke(CallContext context) throws StoreException {
    try (Mailbox mailbox = account.open(name, Access.READ)) {
      Progress from = before;
      if (from.uidValidity() == 0) {
        Snapshot snapshot = mailbox.snapshot();
        from =
            new Progress(
                snapshot.info().uidValidity(), snapshot.uids(), UidSet.EMPTY, 0, Scores.NONE, 1);
      } else if (from.uidValidity() != mailbox.info().uidValidity()) {
        return Progress.NONE.end();
      }
      return search(mailbox, from, context);
    } catch (StoreException e) {
      return switch (e.code()) {
        // RFC 7377 section 2.2: what is not there or may not be read is ignored.
        case NONEXISTENT, NO_PERMISSION, CANNOT -> Progress.NONE.end();
        default -> throw e;
      };
    }
  }

  private Progress search(Mailbox mailbox, Progress from, CallContext context)
      throws StoreException {
    UidSet left = from.view().clamp(from.next(), UidSet.MAX_UID);
    if (left.isEmpty()) {
      return from.end();
    }
    SearchView view = SearchView.of(from.view(), UidSet.EMPTY, UidSet.EMPTY, now);
    SearchPage page = new SearchCall(mailbox, program.in(view), left).invoke(context);
    return new Progress(
        from.uidValidity(),
        from.view(),
        from.matches().union(page.matches()),
        Math.max(from.highestModSeq(), page.highestModSeq()),
        from.scores().then(page.scores()),
        page.next());
  }
}
