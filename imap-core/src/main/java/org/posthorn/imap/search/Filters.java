package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.store.Metadata;

/** FILTERS, RFC 5466: searches stored as annotations of the server. */
public final class Filters implements ImapExtension {
  @Override
  public String name() {
    return "FILTERS";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return Map.of("FILTER", SearchParser::filter);
  }

  @Override
  public Set<Class<?>> facets() {
    return Set.of(Metadata.class);
  }

  /** Puts stored searches in the place of their names, then goes on; or ends the command. */
  public static void bind(Session session, SearchProgram program, Consumer<SearchProgram> then) {
    if (program.filters().isEmpty()) {
      then.accept(program);
      return;
    }
    Metadata metadata = session.service().store().facet(Metadata.class).orElseThrow();
    session.call(
        new FiltersCall(metadata, session.account().identity()),
        stored -> {
          SearchProgram bound;
          try {
            bound = new FilterResolver(session, stored).bind(program);
          } catch (Refused e) {
            session.finish(Status.NO, e.code(), e.getMessage());
            return;
          }
          then.accept(bound);
        });
  }
}
