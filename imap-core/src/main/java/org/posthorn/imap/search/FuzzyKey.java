package org.posthorn.imap.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * A text key behind FUZZY: there is a word like each of those looked for.
 *
 * @param exact the key without FUZZY
 * @param field the only header field to look into; null: wherever the scope says
 */
record FuzzyKey(SearchKey exact, Needle text, Scope scope, @Nullable Octets field)
    implements SearchKey {
  private static final int GRAM = 3;

  @Override
  public Cost cost() {
    return exact.cost();
  }

  @Override
  public List<SearchKey> operands() {
    return List.of(exact);
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    WordScan scan = new WordScan(text);
    if (scan.isEmpty()) {
      return exact.matches(message);
    }
    Octets only = field;
    if (only != null) {
      message.scanField(only, scan);
    } else {
      if (scope == Scope.TEXT) {
        message.scanHeaders(scan);
      }
      message.scanBody(scan);
    }
    double similarity = scan.similarity();
    if (similarity > 0) {
      message.relevant(similarity);
    }
    return similarity > 0;
  }

  /** Messages that share at least some characters in a row with each word. */
  UidSet candidates(SearchIndex index, Mailbox mailbox, UidSet messages) throws StoreException {
    UidSet left = messages;
    for (String word : new WordScan(text).words()) {
      UidSet like = UidSet.EMPTY;
      for (int i = 0; i + GRAM <= word.length(); i++) {
        like = like.union(index.candidates(mailbox, left, scope, word.substring(i, i + GRAM)));
      }
      left = word.length() < GRAM ? left : like;
    }
    return left;
  }
}
