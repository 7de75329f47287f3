package org.posthorn.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.posthorn.store.AccountState;
import org.posthorn.store.StoreException;

/** When accounts were made and last looked at. Thread-safe. */
final class Lives implements AccountState {
  private final ConcurrentSkipListMap<String, AccountMail> accounts;

  Lives(ConcurrentSkipListMap<String, AccountMail> accounts) {
    this.accounts = accounts;
  }

  private AccountMail account(String name) throws StoreException {
    AccountMail account = accounts.get(name);
    if (account == null) {
      throw new StoreException(StoreException.Code.NONEXISTENT, "No such account");
    }
    return account;
  }

  @Override
  public Life life(String account) throws StoreException {
    return account(account).life();
  }

  @Override
  public void retrieved(String account, Instant when) throws StoreException {
    account(account).retrieved(when);
  }

  @Override
  public List<String> idleSince(Instant before, String after, int max) {
    List<String> idle = new ArrayList<>();
    for (AccountMail account : accounts.tailMap(after, false).values()) {
      if (idle.size() == max) {
        break;
      }
      if (account.life().lastRetrieval().isBefore(before)) {
        idle.add(account.name);
      }
    }
    return idle;
  }
}
