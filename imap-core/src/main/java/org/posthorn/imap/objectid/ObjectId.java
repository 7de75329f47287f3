package org.posthorn.imap.objectid;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.StatusAttribute;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;

/** RFC 8474. A store without the facet for threads has THREADID NIL. */
public final class ObjectId implements ImapExtension {
  private static final String NAME = "OBJECTID";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of("EMAILID", in -> IdItem.EMAILID, "THREADID", in -> IdItem.THREADID);
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return Map.of(
        "EMAILID", in -> new IdKey(IdItem.EMAILID, in.atom().asAscii()),
        "THREADID", in -> new IdKey(IdItem.THREADID, in.atom().asAscii()));
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of("MAILBOXID", new MailboxIdAttribute());
  }

  /** RFC 8474 section 4: what CREATE and SELECT tell; null where the extension is not in use. */
  public static @Nullable ResponseCode code(Session session, MailboxInfo mailbox) {
    MailboxId id = mailbox.id();
    if (id == null || !session.service().registry().has(NAME)) {
      return null;
    }
    return out -> out.words("MAILBOXID (").words(id.value()).close();
  }

  private record MailboxIdAttribute() implements StatusAttribute {
    @Override
    public Set<StatusItem> items() {
      return Set.of();
    }

    @Override
    public void write(MailboxStatus status, Session session, ResponseEncoder out) {
      MailboxId id = status.mailbox().id();
      if (id == null) {
        out.nil();
      } else {
        out.open().words(id.value()).close();
      }
    }
  }
}
