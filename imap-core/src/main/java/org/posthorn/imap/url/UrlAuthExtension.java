package org.posthorn.imap.url;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.store.UrlKeys;

/** RFC 4467: URLs by which others may read a message. */
public final class UrlAuthExtension implements ImapExtension {
  private static final String NAME = "URLAUTH";

  static final ResponseCode MECHANISMS = out -> out.words("URLMECH ").words(UrlTokens.MECHANISM);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public List<Command> commands() {
    return List.of(new GenUrlAuth(), new UrlFetch(), new ResetKey());
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(UrlKeys.class);
  }

  /** RFC 4467, BASE.7.1.URLMECH: told when a mailbox is selected. */
  public static void selected(Session session) {
    if (session.service().registry().has(NAME)) {
      session.untagged(Status.OK, MECHANISMS, "Mechanisms");
    }
  }

  static UrlKeys keys(Session session) {
    return session.service().store().facet(UrlKeys.class).orElseThrow();
  }
}
