package org.posthorn.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.server.ServerLimits;
import org.posthorn.server.Transport;
import org.posthorn.server.Wire;
import org.posthorn.server.WireHandler;

/**
 * Netty: event loops over epoll where {@code netty-transport-native-epoll} is on the class path,
 * else over NIO; TLS by OpenSSL where {@code netty-tcnative} is, else by the JDK.
 */
public final class NettyTransport implements Transport {
  private static final int SMALLEST_READ = 256;
  private static final int FIRST_READ = 1024;
  private static final int LARGEST_READ = 16 * 1024;
  private static final long STOP_SECONDS = 10;

  private final int threads;
  private final SocketKind sockets;
  private final TlsHandlers tls;
  private @Nullable EventLoopGroup loops;
  private @Nullable ServerLimits limits;
  private @Nullable Executor handshakes;

  private NettyTransport(int threads, SocketKind sockets, TlsHandlers tls) {
    this.threads = threads;
    this.sockets = sockets;
    this.tls = tls;
  }

  /** As many event loops as there are cores; native transport and OpenSSL where they are found. */
  public NettyTransport() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Native transport and OpenSSL where they are found.
   *
   * @param threads event loops, at least 1
   */
  public NettyTransport(int threads) {
    this(threads, SocketKind.best(), TlsHandlers.best());
  }

  /** NIO and the JDK's TLS, whatever is on the class path. */
  public static NettyTransport withoutNatives() {
    return new NettyTransport(
        Runtime.getRuntime().availableProcessors(), SocketKind.nio(), TlsHandlers.jdk());
  }

  /** What it runs on, for logs: such as "epoll, TLS by OpenSSL". */
  @Override
  public String toString() {
    return sockets.name() + ", TLS by " + tls;
  }

  @Override
  public void start(ServerLimits limits, Executor handshakes) {
    this.limits = limits;
    this.handshakes = handshakes;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("posthorn-netty"), sockets.ioHandlers());
  }

  @Override
  public Listening listen(InetSocketAddress where, Function<Wire, WireHandler> accept)
      throws IOException {
    EventLoopGroup group = loops;
    ServerLimits set = limits;
    Executor tasks = handshakes;
    if (group == null || set == null || tasks == null) {
      throw new IllegalStateException("not started");
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(sockets.serverChannel())
            .option(ChannelOption.SO_BACKLOG, set.backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ)
                    .maxMessagesPerRead(1))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(set.outputLowWater(), set.outputHighWater()))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new NettyWire(channel, tls, tasks, accept));
                  }
                });
    ChannelFuture bound = bootstrap.bind(where).awaitUninterruptibly();
    Throwable failure = bound.cause();
    if (failure != null) {
      throw failure instanceof IOException known
          ? known
          : new IOException("cannot bind " + where, failure);
    }
    return new NettyListening(bound.channel(), (InetSocketAddress) bound.channel().localAddress());
  }

  @Override
  public void stop() {
    if (loops != null) {
      loops
          .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
          .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
    tls.close();
  }

  private record NettyListening(Channel channel, InetSocketAddress address) implements Listening {
    @Override
    public void close() {
      channel.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
  }
}
