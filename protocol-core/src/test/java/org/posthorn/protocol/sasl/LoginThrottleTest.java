package org.posthorn.protocol.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.ConnectionInfo;

class LoginThrottleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final LoginThrottle throttle = new LoginThrottle(settings(100));
  private long now = -5 * SECOND;

  /** 2 free, then 1 s, 2 s, 4 s, at most 8 s; forgotten after a minute. */
  private static LoginThrottle.Settings settings(int entries) {
    return new LoginThrottle.Settings(
        2, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(1), entries);
  }

  private static LoginAttempt attempt(String address, String user) {
    try {
      InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(address), 1);
      return new LoginAttempt(
          new ConnectionInfo("1", "t", peer, peer, false, false), "t", true, "PLAIN", user, user);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private long seconds(LoginAttempt attempt) {
    long wait = throttle.admit(attempt, now);
    return wait < 0 ? -1 : wait / SECOND;
  }

  private void fail(LoginAttempt attempt, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(attempt, now);
    }
  }

  @Test
  void eachFailureDoublesTheWait() {
    LoginAttempt attempt = attempt("192.0.2.1", "alice");
    for (int expected : new int[] {0, 0, 0, 1, 2, 4, 8, 8}) {
      long wait = throttle.admit(attempt, now);
      assertEquals(expected * SECOND, wait);
      now += wait;
      throttle.failed(attempt, now);
    }
  }

  @Test
  void anAddressIsSlowWhateverNamesItTries() {
    for (int i = 0; i < 4; i++) {
      throttle.failed(attempt("192.0.2.1", "user" + i), now);
    }
    assertEquals(2, seconds(attempt("192.0.2.1", "another")));
    assertEquals(0, seconds(attempt("192.0.2.2", "another")));
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    fail(attempt("2001:db8:1:2::1", "a"), 4);
    assertEquals(2, seconds(attempt("2001:db8:1:2:ffff::9", "b")));
    assertEquals(0, seconds(attempt("2001:db8:1:3::1", "b")));
  }

  @Test
  void aUserIsSlowFromWhereverItIsTried() {
    for (int i = 0; i < 4; i++) {
      throttle.failed(attempt("192.0.2." + i, "alice"), now);
    }
    assertEquals(2, seconds(attempt("198.51.100.1", "Alice")));
    assertEquals(0, seconds(attempt("198.51.100.1", "bob")));
  }

  @Test
  void whoeverLoggedInLatelyIsNotHinderedByOthers() {
    LoginAttempt owner = attempt("198.51.100.1", "alice");
    throttle.succeeded(owner, now);
    for (int i = 0; i < 9; i++) {
      throttle.failed(attempt("192.0.2." + i, "alice"), now);
    }
    assertEquals(0, seconds(owner));
    now += Duration.ofSeconds(61).toNanos();
    fail(attempt("192.0.2.77", "alice"), 4);
    assertEquals(2, seconds(owner));
  }

  /** Many connections at once gain nothing: they queue, and the queue has an end. */
  @Test
  void attemptsQueue() {
    LoginAttempt attempt = attempt("192.0.2.1", "alice");
    fail(attempt, 4);
    assertEquals(2, seconds(attempt));
    assertEquals(4, seconds(attempt));
    assertEquals(6, seconds(attempt));
    assertEquals(8, seconds(attempt));
    assertEquals(-1, seconds(attempt));
    now += 4 * SECOND;
    assertEquals(6, seconds(attempt));
  }

  @Test
  void successClearsTheUserNotTheAddress() {
    fail(attempt("192.0.2.1", "alice"), 4);
    throttle.succeeded(attempt("192.0.2.9", "alice"), now);
    assertEquals(0, seconds(attempt("192.0.2.8", "alice")));
    assertEquals(2, seconds(attempt("192.0.2.1", "bob")));
  }

  @Test
  void allIsForgotten() {
    fail(attempt("192.0.2.1", "alice"), 9);
    now += Duration.ofSeconds(61).toNanos();
    assertEquals(0, seconds(attempt("192.0.2.1", "alice")));
    fail(attempt("192.0.2.1", "alice"), 1);
    assertEquals(0, seconds(attempt("192.0.2.1", "alice")));
  }

  @Test
  void memoryIsBounded() {
    LoginThrottle small = new LoginThrottle(settings(2));
    LoginAttempt first = attempt("192.0.2.1", "alice");
    for (int i = 0; i < 4; i++) {
      small.failed(first, now);
    }
    assertTrue(small.admit(first, now) > 0);
    small.failed(attempt("192.0.2.2", "bob"), now);
    assertEquals(0, small.admit(first, now));
  }

  @Test
  void noneLetsEverybodyThrough() {
    LoginThrottle none = LoginThrottle.none();
    LoginAttempt attempt = attempt("192.0.2.1", "alice");
    for (int i = 0; i < 1000; i++) {
      none.failed(attempt, now);
      assertEquals(0, none.admit(attempt, now));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoginThrottle.Settings(-1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1));
  }
}
