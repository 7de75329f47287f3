/** The driver for production, on Netty. */
module org.posthorn.server.netty {
  requires static org.jspecify;
  requires transitive org.posthorn.server;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.handler;
  requires static io.netty.transport.classes.epoll;

  exports org.posthorn.server.netty;
}
