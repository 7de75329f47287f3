package org.posthorn.imap.context;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchView;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.mime.Octets;
import org.posthorn.store.UidSet;

/**
 * A search whose result is kept up to date (RFC 5267 section 4.3).
 *
 * @param tag of the command that asked for it
 * @param byUid whether it is told in UIDs
 * @param program what is looked for, stored searches put in
 * @param numbered the messages that sequence numbers in the program counted
 * @param saved what {@code $} stood for
 * @param ofNew what is told of a new message that comes into the result (RFC 5465 section 7)
 */
record SearchContext(
    Octets tag,
    boolean byUid,
    SearchProgram program,
    UidSet numbered,
    UidSet saved,
    @Nullable FetchProgram ofNew,
    ContextOrder order) {

  /** The program for what the session sees now. */
  SearchProgram now(Session session) {
    Selected selected = session.selected();
    SearchView now =
        SearchView.of(selected.view(), selected.recent(), saved, session.effects().now());
    return program.in(now.numbering(numbers -> numbered(numbers)));
  }

  private UidSet numbered(MessageSet numbers) {
    return numbers.isSavedResult() ? saved : numbers.bySequence(numbered);
  }
}
