package org.posthorn.imap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.store.StatusItem;

/**
 * RFC 9051. What differs from IMAP4rev1 holds only after {@code ENABLE IMAP4rev2} (RFC 9051
 * appendix A): ESEARCH answers to SEARCH, no \Recent, mailbox names in UTF-8, LIST on SELECT,
 * OLDNAME.
 */
public final class Imap4rev2 implements ImapExtension {
  private static final String NAME = "IMAP4rev2";
  private static final String ENABLED = "IMAP4REV2";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of(
        "DELETED", StatusAttribute.counter(StatusItem.DELETED),
        "SIZE", StatusAttribute.counter(StatusItem.SIZE));
  }

  @Override
  public Set<String> enables() {
    return Set.of(NAME);
  }

  /** Whether the client gave ENABLE IMAP4rev2. */
  public static boolean isEnabled(Session session) {
    return session.isEnabled(ENABLED);
  }
}
