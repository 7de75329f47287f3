package org.posthorn.imap.search;

import org.posthorn.imap.wire.SyntaxException;

/** What follows the name of a search key; an extension registers one for each of its keys. */
@FunctionalInterface
public interface SearchKeyword {

  /** Reads the key's arguments, each with the space before it. */
  SearchKey parse(SearchParser in) throws SyntaxException, SearchRefused;
}
