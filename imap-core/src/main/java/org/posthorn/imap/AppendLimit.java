package org.posthorn.imap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;

/** RFC 7889: how large a message may be, the same for all mailboxes. */
final class AppendLimit implements ImapExtension {
  @Override
  public String name() {
    return "APPENDLIMIT";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name() + "=" + limit(session));
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of(name(), new Limit());
  }

  /** RFC 7889 section 4: a number of 32 bits. */
  private static long limit(Session session) {
    return Math.min(session.service().limits().message(), 0xffff_ffffL);
  }

  private record Limit() implements StatusAttribute {
    @Override
    public Set<StatusItem> items() {
      return Set.of();
    }

    @Override
    public void write(MailboxStatus status, Session session, ResponseEncoder out) {
      out.number(limit(session));
    }
  }
}
