package org.posthorn.pop3;

import java.util.LinkedHashMap;
import java.util.Map;
import org.posthorn.store.UidSet;

/**
 * Which messages of an INBOX lack their last line end, as far as an earlier login found out:
 * messages never change. Of so many accounts as there is room for. Thread-safe.
 */
final class LineEnds {
  private static final int ACCOUNTS = 20_000;
  private static final int UNFINISHED = 1_000;
  private static final Known NOTHING = new Known(0, 0, UidSet.EMPTY);

  private final Map<String, Known> accounts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > ACCOUNTS;
        }
      };

  /**
   * What is known.
   *
   * @param upTo of all messages with this UID or a lower one
   */
  record Known(long uidValidity, long upTo, UidSet unfinished) {}

  synchronized Known of(String account, long uidValidity) {
    Known known = accounts.get(account);
    return known == null || known.uidValidity() != uidValidity ? NOTHING : known;
  }

  synchronized void learn(String account, Known known) {
    if (known.unfinished().size() > UNFINISHED) {
      accounts.remove(account);
    } else {
      accounts.put(account, known);
    }
  }
}
