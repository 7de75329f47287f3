package org.posthorn.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** A mailbox that was renamed after it was backed up gets its name back, so that it is replaced. */
final class FormerName {
  private final Account account;

  FormerName(Account account) {
    this.account = account;
  }

  /**
   * What has the name now and is another mailbox stays, under a name beside it.
   *
   * @throws StoreException also when a name becomes too long
   */
  void giveBack(MailboxInfo wanted) throws StoreException {
    MailboxId id = wanted.id();
    MailboxName former = wanted.name();
    Set<MailboxName> names = new HashSet<>();
    @Nullable MailboxName now = null;
    for (MailboxInfo info : account.list(ListQuery.ALL)) {
      names.add(info.name());
      if (id != null && id.equals(info.id())) {
        now = info.name();
      }
    }
    if (now == null || now.equals(former) || former.isInbox()) {
      return;
    }
    if (names.contains(former)) {
      MailboxName beside = free(former, names);
      account.rename(former, beside);
      now = now.startsWith(former) ? now.replacePrefix(former, beside) : now;
    }
    if (former.startsWith(now)) {
      MailboxName between = free(MailboxName.of(now.segments().get(0)), names);
      account.rename(now, between);
      now = between;
    }
    account.rename(now, former);
  }

  private static MailboxName free(MailboxName name, Set<MailboxName> names) {
    for (int number = 2; ; number++) {
      List<String> segments = new ArrayList<>(name.segments());
      segments.set(segments.size() - 1, name.last() + " (" + number + ")");
      MailboxName found = MailboxName.of(segments);
      if (!names.contains(found)) {
        return found;
      }
    }
  }
}
