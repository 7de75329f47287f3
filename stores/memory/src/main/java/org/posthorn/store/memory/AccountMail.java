package org.posthorn.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.AccountState.Life;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.QuotaCharge;

/**
 * An account: one lock guards all its mailboxes, so that COPY, MOVE and RENAME are one step for
 * everybody else. The lock is held for the time of one call, never between calls.
 */
final class AccountMail {
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
  final Threads threads;
  final String name;
  private boolean gone;
  private volatile Life life;

  /** Changed under the lock, read by anybody. */
  private volatile QuotaUse used = QuotaUse.mailboxes(1);

  AccountMail(String name, Environment environment) {
    this.name = name;
    this.environment = environment;
    this.threads = new Threads(environment::nextThreadId);
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    this.life = new Life(now, now);
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

  Life life() {
    return life;
  }

  synchronized void retrieved(Instant when) {
    if (when.isAfter(life.lastRetrieval())) {
      life = new Life(life.created(), when.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  QuotaUse used() {
    return used;
  }

  /**
   * Does something, under the lock, that makes the account larger or smaller by so much, if quotas
   * let it.
   */
  <T> T resized(QuotaUse difference, Action<T> action) throws StoreException {
    try (QuotaCharge charge = environment.quotas().charge(name, used, difference)) {
      T result = action.run();
      used = used.plus(difference);
      charge.commit();
      return result;
    }
  }

  /** Counts what came or went and is not subject to quotas; under the lock. */
  void counted(QuotaUse difference) {
    QuotaUse before = used;
    used = before.plus(difference);
    environment.quotas().corrected(name, before, used);
  }

  /** Refuses what would not fit beside what there is. */
  void checkRoom(QuotaUse more) throws StoreException {
    environment.quotas().check(name, used, more);
  }

  /** Counts the messages anew; gives by how much the figures were wrong. */
  QuotaUse recount() throws StoreException {
    return read(
        () -> {
          QuotaUse before = used;
          QuotaUse counted = QuotaUse.NONE;
          for (MailboxState mailbox : tree.mailboxes()) {
            counted = counted.plus(QuotaUse.mailboxes(1)).plus(mailbox.counted());
          }
          used = counted;
          environment.quotas().corrected(name, before, counted);
          return before.minus(counted);
        });
  }

  /** False when somebody else did it before. */
  boolean delete() throws StoreException {
    Watches.Touched touched = new Watches.Touched();
    boolean deleted =
        locked(
            () -> {
              if (gone) {
                return false;
              }
              for (MailboxState mailbox : tree.mailboxes()) {
                touched.add(mailbox);
                mailbox.delete();
              }
              gone = true;
              // One step for the quotas, which count all accounts there are when first asked.
              synchronized (environment.quotas()) {
                environment.quotas().corrected(name, used, QuotaUse.NONE);
                used = QuotaUse.NONE;
              }
              return true;
            });
    watches.tell(touched);
    return deleted;
  }
}
