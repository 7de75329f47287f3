package org.posthorn.testkit.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.EngineFactory;

/**
 * Several engines that share one clock and, usually, one store: what one of them does reaches the
 * others before its turn is over. Deterministic; for one thread.
 */
public final class EngineStage {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ManualClock clock = new ManualClock();
  private final List<EngineHarness> harnesses = new ArrayList<>();
  private boolean settling;

  /** Time stands still at its beginning, and there are no engines. */
  public EngineStage() {}

  public ManualClock clock() {
    return clock;
  }

  /** A connection without TLS, STARTTLS possible, whose peer reads all. */
  public EngineHarness open(EngineFactory factory) {
    return open(factory, false, Integer.MAX_VALUE);
  }

  /** A connection with TLS before the greeting. */
  public EngineHarness openTls(EngineFactory factory) {
    return open(factory, true, Integer.MAX_VALUE);
  }

  /**
   * A connection whose peer takes only so much output before it {@linkplain
   * EngineHarness#readWindow() reads}.
   *
   * @param window octets, at least 1
   */
  public EngineHarness openSlow(EngineFactory factory, int window) {
    return open(factory, false, window);
  }

  private EngineHarness open(EngineFactory factory, boolean implicitTls, int window) {
    int number = harnesses.size() + 1;
    ConnectionInfo connection =
        new ConnectionInfo(
            Integer.toString(number),
            factory.protocol(),
            new InetSocketAddress(LOOPBACK, 40_000 + number),
            new InetSocketAddress(LOOPBACK, 143),
            implicitTls,
            !implicitTls);
    EngineHarness harness =
        new EngineHarness(this, factory.create(connection), number, window, implicitTls);
    harnesses.add(harness);
    settle();
    return harness;
  }

  /** Moves time on in steps, so that each deadline is met at its time. */
  public void advance(Duration by) {
    long target = clock.nanoTime() + by.toNanos();
    while (true) {
      long next = target;
      for (EngineHarness harness : harnesses) {
        next = Math.min(next, harness.nextDeadline());
      }
      clock.advance(Duration.ofNanos(Math.max(0, next - clock.nanoTime())));
      settle();
      if (clock.nanoTime() >= target) {
        return;
      }
    }
  }

  void settle() {
    if (settling) {
      return;
    }
    settling = true;
    try {
      boolean busy = true;
      while (busy) {
        busy = false;
        for (EngineHarness harness : List.copyOf(harnesses)) {
          busy |= harness.settle();
        }
      }
    } finally {
      settling = false;
    }
  }
}
