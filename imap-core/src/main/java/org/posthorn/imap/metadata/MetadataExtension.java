package org.posthorn.imap.metadata;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.Metadata;

/** RFC 5464: annotations of mailboxes and of the server. */
public final class MetadataExtension implements ImapExtension {
  @Override
  public String name() {
    return "METADATA";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name(), "METADATA-SERVER");
  }

  @Override
  public List<Command> commands() {
    return List.of(new GetMetadata(), new SetMetadata());
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Metadata.class);
  }

  static Metadata of(Session session) {
    return session.service().store().facet(Metadata.class).orElseThrow();
  }
}
