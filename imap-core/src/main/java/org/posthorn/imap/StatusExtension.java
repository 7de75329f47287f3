package org.posthorn.imap;

import java.util.List;
import java.util.Map;
import org.posthorn.store.StatusItem;

/** An extension that is nothing but an item of STATUS which the store counts. */
record StatusExtension(String name, String word, StatusItem item) implements ImapExtension {
  @Override
  public List<String> capabilities(Session session) {
    return List.of(name);
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return Map.of(word, StatusAttribute.counter(item));
  }
}
