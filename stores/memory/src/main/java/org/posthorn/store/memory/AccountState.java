package org.posthorn.store.memory;

import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * An account: one lock guards all its mailboxes, so that COPY, MOVE and RENAME are one step for
 * everybody else. The lock is held for the time of one call, never between calls.
 */
final class AccountState {
  /** Something done under the lock that gives a result. */
  interface Action<T> {
    T run() throws StoreException;
  }

  /** As {@link Action}, and it says which mailboxes it changed. */
  interface Change<T> {
    T run(Watches.Touched touched) throws StoreException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Watches watches = new Watches();
  final Environment environment;
  final MailboxTree tree = new MailboxTree();
  final AccountHistory history;
  private boolean gone;

  AccountState(Environment environment) {
    this.environment = environment;
    this.history = new AccountHistory(environment.limits().accountChanges());
    tree.put(new MailboxState(MailboxName.INBOX, Set.of(), environment));
    history.add(Kind.CREATED, MailboxName.INBOX);
  }

  Watches watches() {
    return watches;
  }

  <T> T read(Action<T> action) throws StoreException {
    return locked(
        () -> {
          if (gone) {
            throw new StoreException(Code.NONEXISTENT, "No such account");
          }
          return action.run();
        });
  }

  /** As read, also when the account was deleted. */
  <T> T locked(Action<T> action) throws StoreException {
    lock.lock();
    try {
      return action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a change and then, without the lock, gives the hints. */
  <T> T change(Change<T> change) throws StoreException {
    Watches.Touched touched = new Watches.Touched();
    T result = read(() -> change.run(touched));
    watches.tell(touched);
    return result;
  }

  void delete() throws StoreException {
    change(
        touched -> {
          for (MailboxState mailbox : tree.mailboxes()) {
            touched.add(mailbox);
            mailbox.delete();
          }
          gone = true;
          return true;
        });
  }
}
