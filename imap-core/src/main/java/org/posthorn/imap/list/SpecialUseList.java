package org.posthorn.imap.list;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** RFC 6154 section 2: LIST selects and tells special use. */
public final class SpecialUseList implements ImapExtension {
  private static final String NAME = "SPECIAL-USE";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Map<String, ListSelection> listSelections() {
    return Map.of(NAME, ListSelection.SPECIAL_USE);
  }

  @Override
  public Map<String, ListKeyword> listReturns() {
    return Map.of(NAME, ListKeyword.attributes(ListReturn.SPECIAL_USE));
  }
}
