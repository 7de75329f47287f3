package org.posthorn.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** How octets travel: JDK sockets or Netty. A transport object belongs to one server. */
public interface Transport {
  /**
   * Starts threads.
   *
   * @param limits water marks and backlog
   * @param handshakes where the expensive parts of TLS handshakes run
   */
  void start(ServerLimits limits, Executor handshakes) throws IOException;

  /**
   * Opens a listener; called after {@link #start}.
   *
   * @param where port 0 for any free one
   * @param accept makes the handler of an accepted connection, called on its executor
   */
  Listening listen(InetSocketAddress where, Function<Wire, WireHandler> accept) throws IOException;

  /** Ends all threads, at once; what is still open is closed. */
  void stop();

  /** An open listener. */
  interface Listening {
    InetSocketAddress address();

    /** Accepts no more; when it returns the port is free. Accepted connections go on. */
    void close();
  }
}
