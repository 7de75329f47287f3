package org.posthorn.store.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.MailboxName;

/** The latest changes of names and subscriptions. Guarded by the lock of its account. */
final class AccountHistory {
  private final int limit;
  private final ArrayDeque<AccountChanges.Change> changes = new ArrayDeque<>();
  private long latest;
  private long forgotten;

  AccountHistory(int limit) {
    this.limit = limit;
  }

  void add(AccountChanges.Kind kind, MailboxName name) {
    add(kind, name, name);
  }

  void renamed(MailboxName from, MailboxName to) {
    add(AccountChanges.Kind.RENAMED, to, from);
  }

  private void add(AccountChanges.Kind kind, MailboxName name, MailboxName oldName) {
    changes.add(new AccountChanges.Change(++latest, kind, name, oldName));
    if (changes.size() > limit) {
      forgotten = changes.remove().seq();
    }
  }

  AccountChanges after(long seq, int max) {
    if (seq < forgotten) {
      return new AccountChanges(List.of(), latest, false, true);
    }
    List<AccountChanges.Change> page = new ArrayList<>();
    long skipped = Math.max(0, seq - forgotten);
    changes.stream().skip(skipped).limit(max).forEach(page::add);
    long next = page.isEmpty() ? latest : page.get(page.size() - 1).seq();
    return new AccountChanges(page, next, next < latest, false);
  }
}
