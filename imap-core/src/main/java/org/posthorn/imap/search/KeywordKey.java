package org.posthorn.imap.search;

/** KEYWORD and UNKEYWORD. */
record KeywordKey(String keyword, boolean set) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.STATE;
  }

  @Override
  public boolean matches(SearchMessage message) {
    return message.row().flags().hasKeyword(keyword) == set;
  }
}
