package org.posthorn.pop3;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each user may log in again (LOGIN-DELAY, RFC 2449 section 6.5). The times of the latest
 * logins are kept, of so many users as there is room for. Thread-safe.
 */
final class LoginIntervals {
  private static final int USERS = 20_000;

  private final Duration delay;
  private final Map<String, Long> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > USERS;
        }
      };

  /**
   * @param delay zero for none
   */
  LoginIntervals(Duration delay) {
    this.delay = delay;
  }

  boolean isNone() {
    return delay.isZero();
  }

  /** Seconds, rounded up. */
  long seconds() {
    return delay.plusNanos(999_999_999).toSeconds();
  }

  /** Whether a user may log in now; if so, it counts as the latest login. */
  synchronized boolean admits(String account, long nanoTime) {
    if (isNone()) {
      return true;
    }
    Long last = latest.get(account);
    if (last != null && nanoTime - last < delay.toNanos()) {
      return false;
    }
    latest.put(account, nanoTime);
    return true;
  }
}
