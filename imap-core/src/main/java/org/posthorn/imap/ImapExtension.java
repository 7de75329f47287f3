package org.posthorn.imap;

import java.util.List;
import java.util.Set;

/**
 * One extension of the protocol: everything it adds, in one object. Announced exactly when it
 * works: the registry leaves it out, commands and all, where the store lacks a facet. Stateless,
 * thread-safe.
 */
public interface ImapExtension {
  /** For the guide and for messages, such as {@code UIDPLUS}. */
  String name();

  /** Capabilities that it announces to this session now; in most cases its name or nothing. */
  List<String> capabilities(Session session);

  /** The commands it adds. */
  default List<Command> commands() {
    return List.of();
  }

  /** Store facets without which it does not exist. */
  default Set<Class<?>> facets() {
    return Set.of();
  }

  /** What may be given to ENABLE for it. */
  default Set<String> enables() {
    return Set.of();
  }
}
