package org.posthorn.server;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.EventListener;
import org.posthorn.protocol.Lane;

/** What all connections of a server share. Thread-safe. */
final class ServerCore implements Executor {
  /** Asked for when there is something to say: to find a logger takes longer than to start. */
  private static final String LOG = "org.posthorn.server";

  private final ServerLimits limits;
  private final Lanes lanes;
  private final @Nullable EventListener events;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable TlsConfig tls;
  private volatile boolean stopping;

  /**
   * @param events null to log faults and nothing else
   */
  ServerCore(
      ServerLimits limits,
      @Nullable EventListener events,
      @Nullable TlsConfig tls,
      Lanes.Blocking blocking) {
    this.limits = limits;
    this.lanes = new Lanes(limits, blocking);
    this.events = events;
    this.tls = tls;
  }

  ServerLimits limits() {
    return limits;
  }

  Lanes lanes() {
    return lanes;
  }

  /** For what the transport has to compute, which is handshakes. */
  @Override
  public void execute(Runnable task) {
    lanes.lane(Lane.CPU).admit(this, task);
  }

  SecureRandom random() {
    return Random.SOURCE;
  }

  @Nullable TlsConfig tls() {
    return tls;
  }

  void tls(TlsConfig renewed) {
    tls = renewed;
  }

  String nextId() {
    return Long.toString(ids.incrementAndGet(), Character.MAX_RADIX);
  }

  /** Counts a connection in. Returns false, and counts nothing, when there are too many. */
  boolean enter(Connection connection) {
    if (count.incrementAndGet() > limits.connections() || stopping) {
      count.decrementAndGet();
      return false;
    }
    connections.add(connection);
    if (stopping) {
      connection.stop();
    }
    return true;
  }

  void leave(Connection connection) {
    if (connections.remove(connection)) {
      count.decrementAndGet();
      if (stopping) {
        synchronized (this) {
          notifyAll();
        }
      }
    }
  }

  boolean enter(InetAddress address) {
    synchronized (perAddress) {
      int n = perAddress.getOrDefault(address, 0);
      if (n == limits.connectionsPerAddress()) {
        return false;
      }
      perAddress.put(address, n + 1);
      return true;
    }
  }

  void leave(InetAddress address) {
    synchronized (perAddress) {
      int n = perAddress.getOrDefault(address, 0);
      if (n > 1) {
        perAddress.put(address, n - 1);
      } else {
        perAddress.remove(address);
      }
    }
  }

  int connections() {
    return count.get();
  }

  /** Asks every connection, and those to come, to end in order. */
  void stopAll() {
    stopping = true;
    connections.forEach(Connection::stop);
  }

  boolean stopping() {
    return stopping;
  }

  void abortAll() {
    connections.forEach(Connection::abort);
  }

  /** Returns whether the last connection went before the time was over. */
  synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (count.get() > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** A listener that throws harms nobody but itself. */
  void event(Instant when, String protocol, ConnectionInfo connection, Event event) {
    if (events == null) {
      logFault(protocol, connection, event);
      return;
    }
    try {
      events.on(when, protocol, connection, event);
    } catch (RuntimeException e) {
      System.getLogger(LOG).log(System.Logger.Level.ERROR, "event listener failed", e);
    }
  }

  private static void logFault(String protocol, ConnectionInfo connection, Event event) {
    if (event instanceof Event.Fault fault) {
      System.getLogger(LOG)
          .log(
              System.Logger.Level.ERROR,
              protocol + " connection " + connection.id() + ": " + fault.during(),
              fault.cause());
    }
  }

  /** Initialised when somebody asks: providers of randomness are slow to find. */
  private static final class Random {
    static final SecureRandom SOURCE = new SecureRandom();
  }
}
