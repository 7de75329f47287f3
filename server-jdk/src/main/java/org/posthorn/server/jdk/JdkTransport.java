package org.posthorn.server.jdk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.server.ServerLimits;
import org.posthorn.server.Transport;
import org.posthorn.server.Wire;
import org.posthorn.server.WireHandler;

/** JDK sockets: a few threads, each with a selector that serves its part of the connections. */
public final class JdkTransport implements Transport {
  private static final int MOST_BY_DEFAULT = 4;

  private final SelectorLoop[] loops;
  private final AtomicInteger next = new AtomicInteger();
  private @Nullable ServerLimits limits;
  private @Nullable Executor handshakes;

  /** As many threads as there are cores, but no more than four. */
  public JdkTransport() {
    this(Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @param threads at least 1
   */
  public JdkTransport(int threads) {
    loops = new SelectorLoop[threads];
  }

  @Override
  public void start(ServerLimits limits, Executor handshakes) throws IOException {
    this.limits = limits;
    this.handshakes = handshakes;
    for (int i = 0; i < loops.length; i++) {
      loops[i] = new SelectorLoop("posthorn-jdk-" + (i + 1));
    }
    for (SelectorLoop loop : loops) {
      loop.start();
    }
  }

  @Override
  public Listening listen(InetSocketAddress where, Function<Wire, WireHandler> accept)
      throws IOException {
    ServerLimits set = limits;
    Executor tasks = handshakes;
    if (set == null || tasks == null) {
      throw new IllegalStateException("not started");
    }
    return new JdkListening(this, loops[0], where, set, tasks, accept);
  }

  /** The loop for the next connection. */
  SelectorLoop nextLoop() {
    return loops[Math.floorMod(next.getAndIncrement(), loops.length)];
  }

  @Override
  public void stop() {
    for (SelectorLoop loop : loops) {
      if (loop != null) {
        loop.stop();
      }
    }
  }
}
