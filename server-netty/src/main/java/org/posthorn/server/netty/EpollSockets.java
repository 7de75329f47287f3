package org.posthorn.server.netty;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/** The only class that names epoll's: it is loaded where they are on the class path. */
final class EpollSockets {
  private EpollSockets() {}

  static boolean available() {
    return Epoll.isAvailable();
  }

  static SocketKind kind() {
    return new SocketKind("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
  }
}
