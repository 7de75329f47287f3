package org.posthorn.store.memory.faulty;

import java.util.Set;
import org.posthorn.mime.CaseMap;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** Looks through all messages: an index as right as it is slow. */
final class ScanningIndex implements SearchIndex {
  private static final int SHORTEST = 3;

  @Override
  public UidSet candidates(Mailbox mailbox, UidSet among, Scope scope, String needle)
      throws StoreException {
    mailbox.snapshot();
    String folded = CaseMap.fold(needle);
    if (folded.length() < SHORTEST) {
      return among;
    }
    UidSet.Builder found = UidSet.builder();
    for (Row row : mailbox.list(among, new PageLimit(10_000, 1 << 24), Set.of(Item.INDEX)).rows()) {
      MessageIndex index = row.index();
      try (MessageContent content = mailbox.content(row.uid())) {
        SearchTexts texts = index == null ? null : SearchTexts.of(index, content, 1 << 20);
        if (texts == null || contains(texts, scope, folded)) {
          found.add(row.uid());
        }
      }
    }
    return found.build();
  }

  private static boolean contains(SearchTexts texts, Scope scope, String folded) {
    return (scope != Scope.BODY && texts.header().contains(folded))
        || (scope != Scope.HEADER && texts.body().contains(folded));
  }
}
