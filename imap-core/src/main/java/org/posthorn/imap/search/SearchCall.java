package org.posthorn.imap.search;

import java.io.ByteArrayOutputStream;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Tests messages until a page is full or its time is over; the session goes on from {@link
 * SearchPage#next}. At least one message is tested, unless the search is cancelled.
 *
 * @param program made for the session's view by {@link SearchProgram#in}
 * @param messages the messages to test
 * @param rows how many rows are read from the store at a time
 * @param budgetNanos how long this page may take, about
 */
public record SearchCall(
    Mailbox mailbox, SearchProgram program, UidSet messages, PageLimit rows, long budgetNanos)
    implements StoreCall<SearchPage> {

  /** How long a page takes by default: long enough to be worth it, short enough to tell of it. */
  public static final long DEFAULT_BUDGET_NANOS = 100_000_000;

  /** A call with the default limits. */
  public SearchCall(Mailbox mailbox, SearchProgram program, UidSet messages) {
    this(mailbox, program, messages, PageLimit.DEFAULT, DEFAULT_BUDGET_NANOS);
  }

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public SearchPage invoke(CallContext context) throws StoreException {
    long started = System.nanoTime();
    UidSet.Builder matches = UidSet.builder();
    ByteArrayOutputStream scores = new ByteArrayOutputStream();
    long highestModSeq = 0;
    TextBuffers buffers = new TextBuffers();
    FlagIndex flagged = program.byFlags(mailbox, messages);
    if (flagged.complete()) {
      return new SearchPage(flagged.left(), 0, Scores.NONE, 0);
    }
    UidSet left = flagged.left();
    while (!left.isEmpty()) {
      Page page = mailbox.list(left, rows, program.items());
      for (Row row : page.rows()) {
        if (context.cancelled()) {
          throw new StoreException(StoreException.Code.CANCELLED, "search cancelled");
        }
        int score = program.score(mailbox, row, buffers, context);
        if (score > 0) {
          matches.add(row.uid());
          if (program.isFuzzy()) {
            scores.write(score);
          }
          highestModSeq = Math.max(highestModSeq, row.modSeq());
        }
        if (System.nanoTime() - started > budgetNanos && row.uid() < left.last()) {
          return new SearchPage(matches.build(), highestModSeq, scores(scores), row.uid() + 1);
        }
      }
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
    return new SearchPage(matches.build(), highestModSeq, scores(scores), 0);
  }

  private static Scores scores(ByteArrayOutputStream scores) {
    return scores.size() == 0 ? Scores.NONE : new Scores(scores.toByteArray());
  }
}
