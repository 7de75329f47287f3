package org.posthorn.imap.search;

import java.time.Instant;
import java.util.function.Function;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.store.UidSet;

/** What a session knows and a store does not: its messages, their numbers, which are new to it. */
public interface SearchView {

  /** The UIDs behind sequence numbers; numbers beyond the view are passed over. */
  UidSet bySequence(MessageSet numbers);

  /** The UIDs of a set that exist; {@code *} is the last one. */
  UidSet byUid(MessageSet uids);

  /** The messages that are \Recent to this session. */
  UidSet recent();

  /** What time it is; the same for the whole search. */
  Instant now();

  /** As this, with other messages behind sequence numbers and {@code $}. */
  default SearchView numbering(Function<MessageSet, UidSet> numbers) {
    SearchView all = this;
    return new SearchView() {
      @Override
      public UidSet bySequence(MessageSet set) {
        return numbers.apply(set);
      }

      @Override
      public UidSet byUid(MessageSet uids) {
        return all.byUid(uids);
      }

      @Override
      public UidSet recent() {
        return all.recent();
      }

      @Override
      public Instant now() {
        return all.now();
      }
    };
  }

  /** What a session sees now. */
  static SearchView of(Session session) {
    Selected selected = session.selected();
    return of(selected.view(), selected.recent(), selected.saved(), session.effects().now());
  }

  /**
   * The view of a session.
   *
   * @param messages that it sees
   * @param recent that are \Recent for it
   * @param saved what {@code $} stands for
   * @param now the time
   */
  static SearchView of(UidSet messages, UidSet recent, UidSet saved, Instant now) {
    return new SearchView() {
      @Override
      public UidSet bySequence(MessageSet numbers) {
        return numbers.isSavedResult() ? saved : numbers.bySequence(messages);
      }

      @Override
      public UidSet byUid(MessageSet uids) {
        return uids.isSavedResult() ? saved : uids.byUid(messages);
      }

      @Override
      public UidSet recent() {
        return recent;
      }

      @Override
      public Instant now() {
        return now;
      }
    };
  }
}
