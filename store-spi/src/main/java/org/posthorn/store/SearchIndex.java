package org.posthorn.store;

/**
 * Facet: finds messages by their text without reading all of them. Its answer is a superset:
 * whoever asks looks into the candidates with a matcher of his own, and gets what he would get
 * without the index. Text and needle are compared as i;unicode-casemap (RFC 5051) does.
 * Thread-safe; may block.
 */
public interface SearchIndex {
  /** Where the text is to be. */
  enum Scope {
    /** Subject, addresses and all other header fields, decoded. */
    HEADER,
    /** The texts of a message, decoded; not its header. */
    BODY,
    /** Both. */
    TEXT
  }

  /**
   * Messages that may hold a text: all that do, and those that the index cannot tell. Messages that
   * have only just come may be indexed by this call.
   *
   * @param mailbox a handle of this store
   * @param among only these are of interest
   * @param needle as the user wrote it, one or more characters; a short one (fewer than three
   *     folded characters) is answered with all of {@code among}
   * @throws StoreException NONEXISTENT when the mailbox is gone
   */
  UidSet candidates(Mailbox mailbox, UidSet among, Scope scope, String needle)
      throws StoreException;
}
