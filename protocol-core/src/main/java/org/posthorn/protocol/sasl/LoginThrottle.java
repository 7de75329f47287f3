package org.posthorn.protocol.sasl;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes whoever guesses passwords wait, per address and per user name, over all connections and all
 * services that share it. Each failure beyond the first few doubles the time until the next attempt
 * is looked at; attempts that come meanwhile queue, and are turned away when the queue is longer
 * than the longest wait. Names are treated alike whether they exist or not. An address from which a
 * user has logged in lately is not made to wait for what others do to that user's name. Memory is
 * bounded; the entries that were quiet for longest go first. Thread-safe.
 */
public final class LoginThrottle {
  /** IPv6 hands out networks, not addresses (RFC 6177). */
  private static final int IPV6_NETWORK_OCTETS = 8;

  private static final int MAX_NAME = 320;
  private static final int MAX_DOUBLINGS = 30;

  private final Settings settings;
  private final Map<Object, Failures> failures;
  private final Map<Object, Long> lately;

  /**
   * How much is forgiven.
   *
   * @param free failures that cost nothing
   * @param first wait after the next one
   * @param longest no wait is longer; also how long a queue may be
   * @param memory time without a failure after which all is forgotten
   * @param entries addresses and names that are remembered, at least 1
   */
  public record Settings(int free, Duration first, Duration longest, Duration memory, int entries) {
    /** 5 free, then 1 s, 2 s, 4 s up to 30 s; forgotten after 15 minutes; 20,000 entries. */
    public static final Settings STANDARD =
        new Settings(
            5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(15), 20_000);

    public Settings {
      if (free < 0 || first.isNegative() || longest.isNegative() || memory.isNegative()) {
        throw new IllegalArgumentException("negative");
      }
      if (entries < 1) {
        throw new IllegalArgumentException("no entries");
      }
    }
  }

  private record Network(ByteBuffer prefix) {}

  private record User(String name) {}

  private record Known(Network network, User user) {}

  private static final class Failures {
    int count;
    long last;
    long nextTurn;
  }

  public LoginThrottle(Settings settings) {
    this.settings = settings;
    this.failures = bounded(settings.entries());
    this.lately = bounded(settings.entries());
  }

  /** With {@link Settings#STANDARD}. */
  public static LoginThrottle standard() {
    return new LoginThrottle(Settings.STANDARD);
  }

  /** Lets everybody through at once: for tests. */
  public static LoginThrottle none() {
    return new LoginThrottle(
        new Settings(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1));
  }

  private static <V> Map<Object, V> bounded(int entries) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Object, V> eldest) {
        return size() > entries;
      }
    };
  }

  /**
   * Takes a place in the queue.
   *
   * @param nanoTime of the engine's clock, the same for all that share this
   * @return how many nanoseconds to wait before the attempt is looked at; negative when it must not
   *     be looked at at all
   */
  synchronized long admit(LoginAttempt attempt, long nanoTime) {
    Network network = network(attempt);
    User user = user(attempt);
    Failures fromThere = failures.get(network);
    Failures ofUser = isKnown(network, user, nanoTime) ? null : failures.get(user);
    long wait = Math.max(untilTurn(fromThere, nanoTime), untilTurn(ofUser, nanoTime));
    if (wait > settings.longest().toNanos()) {
      return -1;
    }
    queue(fromThere, nanoTime + wait);
    queue(ofUser, nanoTime + wait);
    return wait;
  }

  private long untilTurn(@Nullable Failures of, long nanoTime) {
    return of == null || penalty(of, nanoTime) == 0 ? 0 : Math.max(0, of.nextTurn - nanoTime);
  }

  /** The next in the queue comes a penalty later. */
  private void queue(@Nullable Failures of, long turn) {
    if (of != null) {
      of.nextTurn = turn + penalty(of, turn);
    }
  }

  private long penalty(Failures of, long nanoTime) {
    int beyond = of.count - settings.free();
    if (beyond <= 0 || nanoTime - of.last > settings.memory().toNanos()) {
      return 0;
    }
    long longest = settings.longest().toNanos();
    int doublings = Math.min(beyond - 1, MAX_DOUBLINGS);
    long first = settings.first().toNanos();
    return first > (longest >> doublings) ? longest : first << doublings;
  }

  private boolean isKnown(Network network, User user, long nanoTime) {
    Long seen = lately.get(new Known(network, user));
    return seen != null && nanoTime - seen <= settings.memory().toNanos();
  }

  /** The attempt was refused. */
  synchronized void failed(LoginAttempt attempt, long nanoTime) {
    fail(network(attempt), nanoTime);
    if (!attempt.authenticationId().isEmpty()) {
      fail(user(attempt), nanoTime);
    }
  }

  private void fail(Object key, long nanoTime) {
    Failures of = failures.computeIfAbsent(key, unknown -> new Failures());
    if (of.count > 0 && nanoTime - of.last > settings.memory().toNanos()) {
      of.count = 0;
    }
    of.count++;
    of.last = nanoTime;
    long turn = nanoTime + penalty(of, nanoTime);
    of.nextTurn = of.count == 1 ? turn : Math.max(of.nextTurn, turn);
  }

  /**
   * The attempt succeeded. It clears the user's name, not the address: somebody who guesses may
   * have an account as well.
   */
  synchronized void succeeded(LoginAttempt attempt, long nanoTime) {
    User user = user(attempt);
    if (!user.name().isEmpty()) {
      failures.remove(user);
      lately.put(new Known(network(attempt), user), nanoTime);
    }
  }

  private static Network network(LoginAttempt attempt) {
    InetAddress address = attempt.connection().peer().getAddress();
    byte[] octets = address == null ? new byte[0] : address.getAddress();
    int length = address instanceof Inet6Address ? IPV6_NETWORK_OCTETS : octets.length;
    return new Network(ByteBuffer.wrap(octets, 0, length));
  }

  private static User user(LoginAttempt attempt) {
    String name = attempt.authenticationId();
    return new User(name.substring(0, Math.min(name.length(), MAX_NAME)).toLowerCase(Locale.ROOT));
  }
}
