package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SearchIndex.Scope;

/**
 * SEARCH=FUZZY (RFC 6203): words need only be like those looked for, and each message found has a
 * score. Other keys than those of texts are met or not, as without FUZZY (section 5).
 */
public final class Fuzzy implements ImapExtension {
  /** As announced. */
  public static final String NAME = "SEARCH=FUZZY";

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
    return Set.of(SearchIndex.class);
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return Map.of("FUZZY", in -> new FuzzyGroup(fuzzy(in.key())));
  }

  private static SearchKey fuzzy(SearchKey key) {
    if (key instanceof AllOf all) {
      return all.map(Fuzzy::fuzzy);
    }
    if (key instanceof AnyOf any) {
      return any.map(Fuzzy::fuzzy);
    }
    if (key instanceof EnvelopeKey envelope) {
      return new FuzzyKey(key, envelope.text(), Scope.HEADER, envelope.field().field());
    }
    if (key instanceof HeaderKey header) {
      return new FuzzyKey(key, header.text(), Scope.HEADER, header.name());
    }
    if (key instanceof BodyKey body) {
      return new FuzzyKey(key, body.text(), Scope.BODY, null);
    }
    if (key instanceof TextKey text) {
      return new FuzzyKey(key, text.text(), Scope.TEXT, null);
    }
    return key;
  }
}
