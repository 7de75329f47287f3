package org.posthorn.imap.condstore;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;

/** RFC 7162 section 3.2: a client that comes back asks for what it missed and nothing else. */
public final class Qresync implements ImapExtension {
  /** As given to ENABLE. */
  public static final String NAME = "QRESYNC";

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

  /** Whether the client gave ENABLE QRESYNC. */
  public static boolean isEnabled(Session session) {
    return session.isEnabled(NAME);
  }

  /** Whether the client hears VANISHED instead of EXPUNGE of this mailbox. */
  public static boolean speaksOfVanished(Session session, Selected selected) {
    return isEnabled(session) && selected.hasModSeqs();
  }
}
