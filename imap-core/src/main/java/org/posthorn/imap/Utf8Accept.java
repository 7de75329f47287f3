package org.posthorn.imap;

import java.util.List;
import java.util.Set;

/**
 * RFC 6855: a client that gave ENABLE UTF8=ACCEPT reads and writes UTF-8 in quoted strings, mailbox
 * names with them. So does one that enabled IMAP4rev2.
 */
public final class Utf8Accept implements ImapExtension {
  /** As given to ENABLE. */
  public static final String NAME = "UTF8=ACCEPT";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Set<String> enables() {
    return Set.of(NAME);
  }

  /** Whether the client reads UTF-8. */
  public static boolean isEnabled(Session session) {
    return session.isEnabled(NAME) || Imap4rev2.isEnabled(session);
  }
}
