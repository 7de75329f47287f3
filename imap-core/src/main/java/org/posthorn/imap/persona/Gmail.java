package org.posthorn.imap.persona;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchKeyword;

/**
 * X-GM-EXT-1 as far as it can be fetched: X-GM-MSGID, X-GM-THRID and X-GM-LABELS, for clients that
 * treat Gmail apart.
 */
public final class Gmail implements ImapExtension {
  @Override
  public String name() {
    return "X-GM-EXT-1";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of(
        "X-GM-MSGID", in -> GmailItem.MESSAGE_ID,
        "X-GM-THRID", in -> GmailItem.THREAD_ID,
        "X-GM-LABELS", in -> GmailItem.LABELS);
  }
}
