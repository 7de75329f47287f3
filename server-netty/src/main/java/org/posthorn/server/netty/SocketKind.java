package org.posthorn.server.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * One of Netty's ways to do socket I/O.
 *
 * @param ioHandlers what an event loop waits with
 */
record SocketKind(
    String name, IoHandlerFactory ioHandlers, Class<? extends ServerChannel> serverChannel) {
  private static final String EPOLL = "io.netty.channel.epoll.Epoll";

  static SocketKind nio() {
    return new SocketKind("NIO", NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }

  /** Epoll when its classes and its native library are there. */
  static SocketKind best() {
    return present(EPOLL) && EpollSockets.available() ? EpollSockets.kind() : nio();
  }

  private static boolean present(String className) {
    try {
      Class.forName(className, false, SocketKind.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
