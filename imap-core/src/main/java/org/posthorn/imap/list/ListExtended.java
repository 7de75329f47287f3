package org.posthorn.imap.list;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** RFC 5258: options and several patterns for LIST. */
public final class ListExtended implements ImapExtension {
  /** Without it LIST is that of RFC 3501, whatever options others bring. */
  public static final String NAME = "LIST-EXTENDED";

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
    return Map.of(
        "SUBSCRIBED", ListSelection.SUBSCRIBED,
        "REMOTE", ListSelection.REMOTE,
        "RECURSIVEMATCH", ListSelection.RECURSIVEMATCH);
  }

  @Override
  public Map<String, ListKeyword> listReturns() {
    return Map.of(
        "SUBSCRIBED", ListKeyword.attributes(ListReturn.SUBSCRIBED),
        "CHILDREN", ListKeyword.attributes(ListReturn.CHILDREN));
  }
}
