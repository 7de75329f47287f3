package org.posthorn.server.jdk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.posthorn.server.ServerLimits;
import org.posthorn.server.Transport;
import org.posthorn.server.Wire;
import org.posthorn.server.WireHandler;

/** A listening socket. */
final class JdkListening implements Transport.Listening, SelectorLoop.Ready {
  /** Asked for when there is something to say: to find a logger takes longer than to start. */
  private static final String LOG = "org.posthorn.server";

  private static final int MOST_AT_ONCE = 64;

  /** How long to wait when the system has no more file descriptors. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SelectorLoop loop;
  private final ServerSocketChannel server;
  private final InetSocketAddress address;
  private final JdkTransport transport;
  private final ServerLimits limits;
  private final Executor handshakes;
  private final Function<Wire, WireHandler> accept;

  JdkListening(
      JdkTransport transport,
      SelectorLoop loop,
      InetSocketAddress where,
      ServerLimits limits,
      Executor handshakes,
      Function<Wire, WireHandler> accept)
      throws IOException {
    this.transport = transport;
    this.loop = loop;
    this.limits = limits;
    this.handshakes = handshakes;
    this.accept = accept;
    this.server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.configureBlocking(false);
      server.bind(where, limits.backlog());
      address = (InetSocketAddress) server.getLocalAddress();
      server.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    loop.selector().wakeup();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    try {
      for (int i = 0; i < MOST_AT_ONCE; i++) {
        SocketChannel channel = server.accept();
        if (channel == null) {
          return;
        }
        SelectorLoop theirs = transport.nextLoop();
        theirs.execute(() -> JdkWire.open(channel, theirs, limits, handshakes, accept));
      }
    } catch (IOException e) {
      if (server.isOpen()) {
        System.getLogger(LOG).log(System.Logger.Level.WARNING, "cannot accept at " + address, e);
        key.interestOps(0);
        loop.schedule(() -> again(key), PAUSE_NANOS);
      }
    }
  }

  private static void again(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      System.getLogger(LOG).log(System.Logger.Level.WARNING, "cannot close " + address, e);
    }
    // a registered channel keeps its port until the selector has looked at it again
    loop.awaitSelect();
  }
}
