package org.posthorn.delivery.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** A connection to a daemon on TCP or a Unix socket; nothing on it waits for ever. */
public final class DaemonChannel implements AutoCloseable {
  private final Endpoint endpoint;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer input = ByteBuffer.allocate(16 << 10).flip();

  private DaemonChannel(Endpoint endpoint, SocketChannel channel, Selector selector)
      throws IOException {
    this.endpoint = endpoint;
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @throws StoreException UNAVAILABLE where nobody answers
   */
  public static DaemonChannel connect(Endpoint endpoint) throws StoreException {
    SocketChannel channel = null;
    Selector selector = null;
    boolean done = false;
    try {
      SocketAddress address = endpoint.address();
      channel =
          address instanceof InetSocketAddress
              ? SocketChannel.open()
              : SocketChannel.open(StandardProtocolFamily.UNIX);
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      selector = Selector.open();
      DaemonChannel connection = new DaemonChannel(endpoint, channel, selector);
      if (!channel.connect(address)) {
        connection.await(SelectionKey.OP_CONNECT);
        channel.finishConnect();
      }
      done = true;
      return connection;
    } catch (IOException | UnresolvedAddressException e) {
      throw unavailable(endpoint, e);
    } finally {
      if (!done) {
        closeQuietly(selector);
        closeQuietly(channel);
      }
    }
  }

  private static StoreException unavailable(Endpoint endpoint, Exception why) {
    return new StoreException(
        StoreException.Code.UNAVAILABLE, "no answer from " + endpoint.text(), why);
  }

  /** Something the daemon said makes no sense. */
  public StoreException nonsense(String what) {
    return new StoreException(
        StoreException.Code.UNAVAILABLE, endpoint.text() + " answered with " + what);
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    long end = System.nanoTime() + endpoint.timeout().toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("nothing for " + endpoint.timeout());
      }
      selector.selectedKeys().clear();
      if (selector.select(left) > 0) {
        return;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  /** Sends all of it. */
  public void write(ByteBuffer octets) throws StoreException {
    try {
      while (octets.hasRemaining()) {
        if (channel.write(octets) == 0) {
          await(SelectionKey.OP_WRITE);
        }
      }
    } catch (IOException e) {
      throw unavailable(endpoint, e);
    }
  }

  /** Says that nothing more comes. */
  public void endOutput() throws StoreException {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw unavailable(endpoint, e);
    }
  }

  /** Whether the daemon has said all. */
  public boolean ended() throws StoreException {
    return !fill();
  }

  /** The next octet. */
  public byte read() throws StoreException {
    if (!fill()) {
      throw unavailable(endpoint, new EOFException("connection ended"));
    }
    return input.get();
  }

  /** Fills the array. */
  public void read(byte[] into) throws StoreException {
    for (int at = 0; at < into.length; ) {
      if (!fill()) {
        throw unavailable(endpoint, new EOFException("connection ended"));
      }
      int n = Math.min(input.remaining(), into.length - at);
      input.get(into, at, n);
      at += n;
    }
  }

  /**
   * Reads up to an octet or the end, without it.
   *
   * @param most octets; more make no sense
   */
  public String readUntil(char end, int most) throws StoreException {
    StringBuilder text = new StringBuilder();
    while (fill()) {
      char c = (char) (input.get() & 0xff);
      if (c == end) {
        break;
      }
      if (text.length() == most) {
        throw nonsense("a line that does not end");
      }
      text.append(c);
    }
    return text.toString();
  }

  /** False at the end. */
  private boolean fill() throws StoreException {
    if (input.hasRemaining()) {
      return true;
    }
    try {
      input.clear();
      int read = channel.read(input);
      while (read == 0) {
        await(SelectionKey.OP_READ);
        read = channel.read(input);
      }
      input.flip();
      return read > 0;
    } catch (IOException e) {
      input.position(0).limit(0);
      throw unavailable(endpoint, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(selector);
    closeQuietly(channel);
  }

  private static void closeQuietly(@Nullable AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      System.getLogger("org.posthorn.delivery.check")
          .log(System.Logger.Level.DEBUG, "connection did not close well", e);
    }
  }
}
