package org.posthorn.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthorn.relay.Route.Hop;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.ClientTls;
import org.posthorn.smtp.client.SmtpConnection;
import org.posthorn.smtp.client.TlsUse;

/**
 * Connections to other servers. One that has sent its mail is kept for a moment, so that the next
 * mail for the same server can have it. Thread-safe.
 */
final class Connections implements AutoCloseable {
  private final ClientTls tls;
  private final Duration patience;
  private final int messages;
  private final int most;
  private final Duration idleTime;

  // All below is guarded by this.
  private final Deque<Lease> idle = new ArrayDeque<>();
  private @Nullable ScheduledExecutorService reaper;
  private boolean closed;

  private record Key(InetSocketAddress server, String host, ClientSettings settings) {}

  /** A connection in use by one attempt. */
  static final class Lease {
    private final Key key;
    private final SmtpConnection connection;
    private int sent;

    private Lease(Key key, SmtpConnection connection) {
      this.key = key;
      this.connection = connection;
    }

    SmtpConnection connection() {
      return connection;
    }

    /** Whether mail was sent over it before. */
    boolean used() {
      return sent > 0;
    }
  }

  /**
   * @param messages that one connection carries at most
   * @param most connections that may be idle at a time
   * @param idleTime for which they may be
   */
  Connections(ClientTls tls, Duration patience, int messages, int most, Duration idleTime) {
    this.tls = tls;
    this.patience = patience;
    this.messages = messages;
    this.most = most;
    this.idleTime = idleTime;
  }

  /** A connection that is idle and still good, or a new one, which may have failed. */
  Lease get(InetSocketAddress server, Hop hop) {
    Key key = new Key(server, hop.host(), hop.settings());
    for (Lease lease = takeIdle(key); lease != null; lease = takeIdle(key)) {
      if (lease.connection.ready()) {
        return lease;
      }
      lease.connection.close();
    }
    return open(key);
  }

  /** A new connection. Opportunistic TLS that fails is done without (RFC 7435 section 3). */
  Lease fresh(Lease instead) {
    instead.connection.close();
    return open(instead.key);
  }

  private Lease open(Key key) {
    ClientSettings settings = key.settings();
    SmtpConnection connection =
        SmtpConnection.open(key.server(), key.host(), settings, tls, patience);
    if (connection.tlsFailed() && settings.tls() == TlsUse.OPPORTUNISTIC) {
      connection.close();
      connection =
          SmtpConnection.open(
              key.server(), key.host(), settings.withTls(TlsUse.NONE), tls, patience);
    }
    return new Lease(key, connection);
  }

  private synchronized @Nullable Lease takeIdle(Key key) {
    // The one used last is the least likely to have been closed.
    for (Iterator<Lease> each = idle.descendingIterator(); each.hasNext(); ) {
      Lease lease = each.next();
      if (lease.key.equals(key)) {
        each.remove();
        return lease;
      }
    }
    return null;
  }

  /** The attempt is over. */
  void giveBack(Lease lease) {
    lease.sent++;
    int limit = Math.min(messages, lease.connection.abilities().limit("MAILMAX").orElse(messages));
    if (lease.sent >= limit || lease.connection.failure().isPresent() || !keep(lease)) {
      lease.connection.close();
    }
  }

  private synchronized boolean keep(Lease lease) {
    if (closed || idle.size() >= most) {
      return false;
    }
    idle.add(lease);
    ScheduledExecutorService clock = reaper;
    if (clock == null) {
      clock = Executors.newSingleThreadScheduledExecutor(Connections::daemon);
      reaper = clock;
    }
    var unused = clock.schedule(() -> expire(lease), idleTime.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "relay-idle");
    thread.setDaemon(true);
    return thread;
  }

  private void expire(Lease lease) {
    boolean stillIdle;
    synchronized (this) {
      stillIdle = idle.remove(lease);
    }
    if (stillIdle) {
      lease.connection.close();
    }
  }

  @Override
  public void close() {
    List<Lease> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(idle);
      idle.clear();
      if (reaper != null) {
        reaper.shutdownNow();
      }
    }
    for (Lease lease : all) {
      lease.connection.leave();
    }
  }
}
