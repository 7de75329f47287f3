package org.posthorn.imap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.imap.list.ListSelection;
import org.posthorn.imap.search.SearchKeyword;

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

  /** The FETCH items it adds, by their names in upper case. */
  default Map<String, FetchKeyword> fetchItems() {
    return Map.of();
  }

  /** The SEARCH keys it adds, by their names in upper case. */
  default Map<String, SearchKeyword> searchKeys() {
    return Map.of();
  }

  /** The STATUS items it adds, by their names in upper case. */
  default Map<String, StatusAttribute> statusItems() {
    return Map.of();
  }

  /** The selection options of LIST that it adds, by their names in upper case. */
  default Map<String, ListSelection> listSelections() {
    return Map.of();
  }

  /** The return options of LIST that it adds, by their names in upper case. */
  default Map<String, ListKeyword> listReturns() {
    return Map.of();
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
