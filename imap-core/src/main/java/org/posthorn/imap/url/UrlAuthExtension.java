package org.posthorn.imap.url;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.UrlKeys;

/** RFC 4467: URLs by which others may read a message. */
public final class UrlAuthExtension implements ImapExtension {
  @Override
  public String name() {
    return "URLAUTH";
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

  static UrlKeys keys(Session session) {
    return session.service().store().facet(UrlKeys.class).orElseThrow();
  }
}
