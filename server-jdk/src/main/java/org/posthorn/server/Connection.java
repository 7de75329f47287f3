package org.posthorn.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory.TurnedAway;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.TlsInfo;

/**
 * One accepted connection, from its first octet to its end: the PROXY header where the listener
 * asks for one, the TLS handshake where TLS comes first, then the engine.
 */
final class Connection implements WireHandler {
  /**
   * How long a closed connection still takes what the peer sends, so that our last words are not
   * lost in a reset.
   */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ServerCore core;
  private final ListenerConfig listener;
  private final Wire wire;
  private final String id;

  private ConnectionInfo info;
  private boolean counted;
  private @Nullable InetAddress countedAddress;
  private boolean awaitsProxyHeader;
  private @Nullable ByteBuffer proxyOctets;
  private @Nullable Runnable timeout;
  private @Nullable EngineLoop loop;
  private @Nullable String closeReason;
  private boolean connected;
  private boolean lastWordsSent;
  private volatile boolean gone;

  Connection(ServerCore core, ListenerConfig listener, Wire wire) {
    this.core = core;
    this.listener = listener;
    this.wire = wire;
    this.id = core.nextId();
    this.info = info(wire.peer(), wire.local());
  }

  private ConnectionInfo info(InetSocketAddress peer, InetSocketAddress local) {
    return new ConnectionInfo(
        id,
        listener.name(),
        peer,
        local,
        listener.tls() == TlsMode.IMPLICIT,
        listener.tls() == TlsMode.STARTTLS);
  }

  @Override
  public void connected() {
    counted = core.enter(this);
    if (!counted) {
      turnAway(
          core.stopping() ? TurnedAway.STOPPING : TurnedAway.TOO_MANY_CONNECTIONS,
          core.stopping() ? "server is stopping" : "too many connections");
    } else if (listener.proxies().isEmpty()) {
      welcome(NOTHING);
    } else if (listener.proxies().stream().anyMatch(n -> n.contains(wire.peer().getAddress()))) {
      awaitsProxyHeader = true;
      timeout(core.limits().proxyTimeout(), "no PROXY header in time");
      wire.reading(true);
    } else {
      refuse("not from a proxy");
    }
  }

  private void proxyHeader(ByteBuffer octets) {
    ByteBuffer sofar = proxyOctets;
    ByteBuffer all = octets;
    if (sofar != null) {
      all = ByteBuffer.allocate(sofar.remaining() + octets.remaining());
      all.put(sofar).put(octets).flip();
    }
    try {
      ProxyHeader header = ProxyHeader.read(all);
      if (header == null) {
        proxyOctets = ByteBuffer.allocate(all.remaining()).put(all).flip();
        return;
      }
      awaitsProxyHeader = false;
      proxyOctets = null;
      clearTimeout();
      if (header.peer() != null && header.local() != null) {
        info = info(header.peer(), header.local());
      }
      welcome(all);
    } catch (ProxyHeader.SyntaxException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  /** We know who it is. */
  private void welcome(ByteBuffer unread) {
    InetAddress address = info.peer().getAddress();
    if (!core.enter(address)) {
      turnAway(TurnedAway.TOO_MANY_CONNECTIONS, "too many connections from this address");
      return;
    }
    countedAddress = address;
    connected = true;
    event(new Event.Connected());
    if (listener.tls() == TlsMode.IMPLICIT) {
      startTls(unread);
    } else {
      open(null, unread);
    }
  }

  private void open(@Nullable TlsInfo tls, ByteBuffer unread) {
    Engine engine;
    try {
      engine = listener.service().create(info);
    } catch (RuntimeException | Error e) {
      event(new Event.Fault("create", e));
      end("internal error");
      return;
    }
    EngineLoop opened = new EngineLoop(this, wire, core, info, listener.service(), engine);
    loop = opened;
    opened.open(tls);
    if (unread.hasRemaining()) {
      opened.received(unread);
    }
  }

  void startTls(ByteBuffer unread) {
    TlsConfig tls = core.tls();
    if (tls == null) {
      throw new IllegalStateException("TLS asked for where there is none");
    }
    timeout(core.limits().handshakeTimeout(), "TLS handshake took too long");
    try {
      wire.startTls(tls, unread);
      wire.reading(true);
    } catch (RuntimeException e) {
      event(new Event.Fault("TLS", e)); // settings that the TLS provider does not take
      end("internal error");
    }
  }

  private void timeout(Duration after, String reason) {
    timeout = wire.schedule(() -> end(reason), after.toNanos());
  }

  private void clearTimeout() {
    if (timeout != null) {
      timeout.run();
      timeout = null;
    }
  }

  private void refuse(String reason) {
    event(new Event.Refused("connection", reason));
    end(reason);
  }

  /** Says so in the protocol's own words, where they can be read. */
  private void turnAway(TurnedAway why, String reason) {
    String words = listener.tls() == TlsMode.IMPLICIT ? "" : listener.service().farewell(why);
    if (words.isEmpty()) {
      refuse(reason);
      return;
    }
    event(new Event.Refused("connection", reason));
    closeReason = reason;
    timeout(core.limits().closeTimeout(), reason);
    wire.reading(true); // or what the peer says meanwhile turns our words into a reset
    wire.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
    wire.shutdownOutput();
  }

  private void endAfterLastWords() {
    if (lastWordsSent) {
      wire.close();
    }
  }

  private void end(String reason) {
    closeReason = reason;
    wire.close();
  }

  @Override
  public void received(ByteBuffer octets) {
    if (loop != null) {
      loop.received(octets);
    } else if (awaitsProxyHeader) {
      proxyHeader(octets);
    }
  }

  @Override
  public void writable() {
    if (loop != null) {
      loop.run();
    }
  }

  @Override
  public void secured(TlsInfo tls) {
    clearTimeout();
    event(new Event.TlsStarted(tls.protocol(), tls.cipherSuite()));
    if (loop == null) {
      open(tls, NOTHING);
    } else {
      loop.secured(tls);
    }
  }

  @Override
  public void endOfInput() {
    if (loop != null) {
      loop.endOfInput();
    } else if (closeReason != null) {
      endAfterLastWords();
    } else {
      end("end of input before the greeting");
    }
  }

  @Override
  public void outputEnded() {
    if (loop != null) {
      loop.outputEnded(LINGER.toNanos());
    } else {
      lastWordsSent = true;
      clearTimeout();
      timeout = wire.schedule(wire::close, LINGER.toNanos());
    }
  }

  @Override
  public void lost(@Nullable Throwable cause) {
    clearTimeout();
    String reason =
        closeReason != null
            ? closeReason
            : cause != null ? String.valueOf(cause.getMessage()) : "connection lost";
    if (loop != null) {
      loop.lost(reason);
    } else {
      if (connected) {
        event(new Event.Closed(reason, 0, 0));
      }
      finished();
    }
  }

  /** Nothing of this connection runs any more. */
  void finished() {
    if (gone) {
      return;
    }
    gone = true;
    if (countedAddress != null) {
      core.leave(countedAddress);
    }
    if (counted) {
      core.leave(this);
    }
  }

  /** Any thread: the engine takes leave at its next boundary. */
  void stop() {
    wire.executor()
        .execute(
            () -> {
              if (loop != null) {
                loop.stop();
              } else {
                end("server is stopping");
              }
            });
  }

  /** Any thread: ends at once. */
  void abort() {
    wire.executor().execute(() -> end("server stopped"));
  }

  private void event(Event event) {
    core.event(Instant.now(), listener.service().protocol(), info, event);
  }
}
