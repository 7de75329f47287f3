package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * One test of a search program: a search key of RFC 9051 section 6.4.4 with its arguments.
 * Immutable; an extension adds a key by implementing this and {@link SearchKeyword}.
 */
public interface SearchKey {

  /** What a test costs; in a conjunction the cheaper one comes first. */
  enum Cost {
    /** Needs the state of a message only: UID, MODSEQ, flags. */
    STATE,
    /** Needs other items of its row. */
    ROW,
    /** Needs the MIME index, which may have to be made first. */
    INDEX,
    /** Reads some header fields. */
    HEADER,
    /** Reads the message. */
    BODY;

    /** The greater one. */
    Cost or(Cost other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

  /** What a test costs at worst. */
  Cost cost();

  /** Which items of the row a test looks at, besides UID, MODSEQ and flags. */
  default Set<Item> items() {
    return Set.of();
  }

  /** Whether the answer tells the greatest MODSEQ found (RFC 7162 section 3.1.5). */
  default boolean tellsModSeq() {
    return false;
  }

  /** Whether a message that does not change keeps meeting the test, or not meeting it. */
  default boolean isSteady() {
    return true;
  }

  /** The keys that this one combines. */
  default List<SearchKey> operands() {
    return List.of();
  }

  /** The same key with what only the session knows put in: sequence numbers, \Recent. */
  default SearchKey in(SearchView view) {
    return this;
  }

  /** The same key with stored searches in the place of their names (RFC 5466). */
  default SearchKey bind(Map<String, SearchKey> filters) {
    return this;
  }

  /** Whether the message meets the test. */
  boolean matches(SearchMessage message) throws StoreException;
}
