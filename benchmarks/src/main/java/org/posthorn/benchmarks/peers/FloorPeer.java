package org.posthorn.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * What no server can be cheaper than: Netty handlers that look at each octet once and answer canned
 * octets. It shows what the machine and the load generator allow.
 */
public final class FloorPeer {
  private FloorPeer() {}

  /**
   * Prints the ports and serves until the process ends.
   *
   * @param args ports of IMAP, POP3 and SMTP or 0
   */
  public static void main(String[] args) throws InterruptedException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    int imap = listen(loops, args[0], FloorImap::new);
    int pop3 = listen(loops, args[1], FloorPop3::new);
    int smtp = listen(loops, args[2], FloorSmtp::new);
    System.out.println("ready " + imap + " " + pop3 + " " + smtp);
    Thread.currentThread().join();
  }

  private static int listen(EventLoopGroup loops, String port, Supplier<ChannelHandler> handlers) {
    Channel channel =
        new ServerBootstrap()
            .group(loops)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(handlers.get());
                  }
                })
            .bind("127.0.0.1", Integer.parseInt(port))
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }
}
