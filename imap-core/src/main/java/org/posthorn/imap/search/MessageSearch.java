package org.posthorn.imap.search;

import java.util.Optional;
import java.util.function.Consumer;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Finds messages of the selected mailbox, page by page, for a command that goes on with them. */
public final class MessageSearch {
  private final Session session;
  private final Selected selected;
  private SearchProgram program;
  private SearchProgram bound;
  private final UidSet.Builder matches = UidSet.builder();
  private Scores scores = Scores.NONE;
  private long highestModSeq;
  private boolean limited;
  private Allowance allowance = new Allowance(UidSet.EMPTY, null);

  /**
   * What was found.
   *
   * @param highestModSeq the greatest MODSEQ among them where the search spoke of MODSEQs; else 0
   * @param scores of the messages, where the search was fuzzy
   */
  public record Result(UidSet uids, long highestModSeq, Scores scores) {
    /** How relevant a message of the result is. */
    public int score(long uid) {
      return scores.at(uids.rank(uid));
    }
  }

  /** Looks only at as many messages as one command may work on (RFC 9738 section 3.1). */
  public MessageSearch limited() {
    limited = true;
    return this;
  }

  /** What was looked at; not to be asked before it ran. */
  public Allowance allowance() {
    return allowance;
  }

  /** A search that is to be run once. */
  public MessageSearch(Session session, SearchProgram program) {
    this.session = session;
    this.selected = session.selected();
    this.program = program;
    this.bound = program;
  }

  /** Runs it, then goes on; where it makes no sense in this mailbox it ends the command. */
  public void run(Consumer<Result> then, Consumer<StoreException> failed) {
    Filters.bind(session, program, complete -> start(complete, then, failed));
  }

  /** What is looked for, stored searches put in, for whoever looks again later. */
  public SearchProgram bound() {
    return bound;
  }

  private void start(
      SearchProgram complete, Consumer<Result> then, Consumer<StoreException> failed) {
    bound = complete;
    program = bound.in(SearchView.of(session));
    if (program.tellsModSeq()) {
      if (!selected.hasModSeqs()) {
        session.bad("This mailbox has no MODSEQs");
        return;
      }
      CondStore.enable(session);
    }
    if (program.isNumbered() && UidOnly.isEnabled(session)) {
      UidOnly.refuse(session);
      return;
    }
    if (program.isNumbered()) {
      // RFC 7162 section 3.2.10.2: not even a UID command may tell of it then.
      session.holdExpunge();
    }
    UidSet messages = selected.view();
    if (limited) {
      allowance = Allowance.of(session, program.candidates(messages));
      messages = allowance.isPart() ? allowance.uids() : messages;
    }
    run(messages, then, failed);
  }

  private void run(UidSet messages, Consumer<Result> then, Consumer<StoreException> failed) {
    Optional<SearchIndex> index =
        program.looksForText()
            ? session.service().store().facet(SearchIndex.class)
            : Optional.empty();
    if (index.isPresent()) {
      session.call(
          new IndexCall(index.get(), selected.mailbox(), program, messages),
          candidates -> search(candidates, then, failed),
          failed);
    } else {
      search(messages, then, failed);
    }
  }

  private void search(UidSet left, Consumer<Result> then, Consumer<StoreException> failed) {
    if (left.isEmpty()) {
      then.accept(new Result(matches.build(), program.tellsModSeq() ? highestModSeq : 0, scores));
      return;
    }
    session.call(
        new SearchCall(selected.mailbox(), program, left),
        page -> {
          matches.addAll(page.matches());
          scores = scores.then(page.scores());
          highestModSeq = Math.max(highestModSeq, page.highestModSeq());
          UidSet rest = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
          long goal = selected.view().size();
          session.progress().at(goal - rest.size(), goal);
          search(rest, then, failed);
        },
        failed);
  }
}
