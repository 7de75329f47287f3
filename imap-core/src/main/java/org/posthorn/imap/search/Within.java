package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** WITHIN, RFC 5032. */
public final class Within implements ImapExtension {
  @Override
  public String name() {
    return "WITHIN";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return WithinKey.KEYWORDS;
  }
}
