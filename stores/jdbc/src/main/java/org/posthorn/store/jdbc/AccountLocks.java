package org.posthorn.store.jdbc;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Accounts that are being made or deleted: one step at a time for each, however many there are.
 * Thread-safe.
 */
final class AccountLocks {
  private final Set<String> taken = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();

  /** What is done with an account. */
  interface Step<T> {
    T take() throws StoreException;
  }

  /**
   * Waits for the turn of this account.
   *
   * @throws StoreException of the step; UNAVAILABLE when the thread was interrupted
   */
  <T> T alone(String account, Step<T> step) throws StoreException {
    take(account);
    try {
      return step.take();
    } finally {
      give(account);
    }
  }

  private void take(String account) throws StoreException {
    lock.lock();
    try {
      while (!taken.add(account)) {
        given.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Code.UNAVAILABLE, "the account is busy", e);
    } finally {
      lock.unlock();
    }
  }

  private void give(String account) {
    lock.lock();
    try {
      taken.remove(account);
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
