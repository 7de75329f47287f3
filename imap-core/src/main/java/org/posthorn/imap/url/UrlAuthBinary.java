package org.posthorn.imap.url;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.UrlKeys;

/** RFC 5524: URLFETCH decodes and describes what it gives. */
public final class UrlAuthBinary implements ImapExtension {
  static final String NAME = "URLAUTH=BINARY";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(UrlKeys.class);
  }
}
