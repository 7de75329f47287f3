package org.posthorn.testkit.transcript;

import org.jspecify.annotations.Nullable;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.Feed;

/** One engine as the other end of a wire. */
final class HarnessWire implements Wire {
  private final EngineHarness harness;
  private final Feed feed;

  HarnessWire(EngineHarness harness, Feed feed) {
    this.harness = harness;
    this.feed = feed;
  }

  @Override
  public void send(byte[] octets) {
    harness.send(octets, feed);
  }

  @Override
  public byte @Nullable [] receive() {
    byte[] octets = harness.read();
    return octets.length == 0 ? null : octets;
  }

  @Override
  public boolean closedByServer() {
    return harness.closed();
  }

  @Override
  public void startTls() {
    harness.establishTls();
  }

  @Override
  public void endOutput() {
    harness.endInput();
  }

  @Override
  public void close() {
    harness.disconnect();
  }
}
