package org.posthorn.server.jdk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.server.ServerLimits;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.Wire;
import org.posthorn.server.WireHandler;

/** A connected socket of a {@link SelectorLoop}. */
final class JdkWire implements Wire, SelectorLoop.Ready {
  /** Asked for when there is something to say: to find a logger takes longer than to start. */
  private static final String LOG = "org.posthorn.server";

  private final SocketChannel channel;
  private final SelectorLoop loop;
  private final SelectionKey key;
  private final ServerLimits limits;
  private final Executor handshakes;
  private final InetSocketAddress peer;
  private final InetSocketAddress local;
  private final ArrayDeque<ByteBuffer> output = new ArrayDeque<>(2);

  private @Nullable WireHandler handler;
  private @Nullable TlsLayer tls;
  private long waiting;
  private boolean full;
  private boolean reading;
  private boolean ending;
  private boolean closed;

  private JdkWire(
      SocketChannel channel, SelectorLoop loop, ServerLimits limits, Executor handshakes)
      throws IOException {
    this.channel = channel;
    this.loop = loop;
    this.limits = limits;
    this.handshakes = handshakes;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    this.peer = (InetSocketAddress) channel.getRemoteAddress();
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.key = channel.register(loop.selector(), 0, this);
  }

  /** Takes an accepted channel over, on the loop. */
  static void open(
      SocketChannel channel,
      SelectorLoop loop,
      ServerLimits limits,
      Executor handshakes,
      Function<Wire, WireHandler> accept) {
    try {
      JdkWire wire = new JdkWire(channel, loop, limits, handshakes);
      WireHandler handler = accept.apply(wire);
      wire.handler = handler;
      handler.connected();
    } catch (IOException e) {
      System.getLogger(LOG)
          .log(System.Logger.Level.DEBUG, "peer was gone before it was welcome", e);
      closeQuietly(channel);
    } catch (RuntimeException | Error e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private WireHandler handler() {
    WireHandler set = handler;
    if (set == null) {
      throw new IllegalStateException("no handler");
    }
    return set;
  }

  SelectorLoop loop() {
    return loop;
  }

  Executor handshakes() {
    return handshakes;
  }

  boolean closed() {
    return closed;
  }

  boolean reading() {
    return reading;
  }

  @Override
  public InetSocketAddress peer() {
    return peer;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public Executor executor() {
    return loop;
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    return loop.schedule(task, delayNanos);
  }

  @Override
  public void reading(boolean wanted) {
    if (closed || wanted == reading) {
      return;
    }
    reading = wanted;
    interest();
    if (wanted && tls != null && tls.hasInput()) {
      loop.execute(tls::process);
    }
  }

  private void interest() {
    if (key.isValid()) {
      int ops =
          (reading || (tls != null && !tls.stands()) ? SelectionKey.OP_READ : 0)
              | (output.isEmpty() ? 0 : SelectionKey.OP_WRITE);
      key.interestOps(ops);
    }
  }

  @Override
  public void ready(SelectionKey selected) {
    try {
      if (selected.isValid() && selected.isReadable()) {
        read();
      }
      if (selected.isValid() && selected.isWritable()) {
        drain();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = loop.readBuffer.clear();
    int n = channel.read(buffer);
    if (n < 0) {
      reading = false;
      key.interestOpsAnd(~SelectionKey.OP_READ);
      if (tls != null) {
        tls.endOfInput();
      } else {
        endOfInput();
      }
    } else if (tls != null) {
      tls.feed(buffer.flip());
    } else if (n > 0) {
      handler().received(buffer.flip());
    }
  }

  void received(ByteBuffer plain) {
    handler().received(plain);
  }

  void endOfInput() {
    if (!closed) {
      handler().endOfInput();
    }
  }

  void secured(TlsInfo info) {
    handler().secured(info);
    interest();
  }

  @Override
  public boolean writable() {
    return !full;
  }

  @Override
  public void write(ByteBuffer octets) {
    if (closed) {
      return;
    }
    if (tls != null) {
      tls.write(octets);
    } else {
      send(octets);
    }
  }

  /** Queues what goes to the socket as it is. */
  void send(ByteBuffer octets) {
    waiting += octets.remaining();
    output.add(octets);
    full = full || waiting >= limits.outputHighWater();
  }

  @Override
  public void flush() {
    if (closed || output.isEmpty() || (key.interestOps() & SelectionKey.OP_WRITE) != 0) {
      return;
    }
    try {
      drain();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void drain() throws IOException {
    for (ByteBuffer first = output.peek(); first != null; first = output.peek()) {
      waiting -= channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      output.remove();
    }
    interest();
    if (output.isEmpty() && ending) {
      ending = false;
      channel.shutdownOutput();
      handler().outputEnded();
      return;
    }
    if (full && waiting <= limits.outputLowWater()) {
      full = false;
      handler().writable();
    }
  }

  @Override
  public void startTls(TlsConfig config, ByteBuffer unread) {
    TlsLayer layer = new TlsLayer(this, config);
    tls = layer;
    interest();
    layer.feed(unread);
  }

  @Override
  public void shutdownOutput() {
    if (closed) {
      return;
    }
    if (tls != null) {
      tls.endOutput();
    }
    ending = true;
    if (output.isEmpty()) {
      try {
        drain();
      } catch (IOException e) {
        fail(e);
      }
    } else {
      flush();
    }
  }

  void fail(Throwable cause) {
    close(cause);
  }

  @Override
  public void close() {
    close(null);
  }

  @Override
  public void end() {
    close();
  }

  private void close(@Nullable Throwable cause) {
    if (closed) {
      return;
    }
    closed = true;
    closeQuietly(channel);
    output.clear();
    waiting = 0;
    full = false;
    handler().lost(cause);
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(LOG).log(System.Logger.Level.DEBUG, "socket did not close well", e);
    }
  }
}
