package org.posthorn.server;

import java.time.Duration;

/**
 * What a server spends at most, whatever its peers do. Protocol limits (lines, literals, sizes,
 * idle times) belong to the engines.
 *
 * @param connections at once, over all listeners
 * @param connectionsPerAddress at once from one client address, over all listeners
 * @param backlog connections that wait to be accepted, for each listener
 * @param outputHighWater octets of output waiting, from which on an engine is told to wait; what it
 *     was writing is still taken
 * @param outputLowWater octets of output waiting, below which it may go on
 * @param handshakeTimeout for a TLS handshake
 * @param proxyTimeout for the PROXY header
 * @param closeTimeout for sending the last words to a peer that does not read
 * @param stallTimeout for any progress of output that waits for a peer to read it
 * @param callTimeout what a call is told as its deadline, from the moment it was asked for
 * @param stopTimeout for a graceful stop: how long running commands may go on
 * @param blocking the lane of calls that wait
 * @param nativeCode the lane of calls into native code
 * @param cpu the lane of calls that compute
 */
public record ServerLimits(
    int connections,
    int connectionsPerAddress,
    int backlog,
    int outputHighWater,
    int outputLowWater,
    Duration handshakeTimeout,
    Duration proxyTimeout,
    Duration closeTimeout,
    Duration stallTimeout,
    Duration callTimeout,
    Duration stopTimeout,
    LaneLimits blocking,
    LaneLimits nativeCode,
    LaneLimits cpu) {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /**
   * 20,000 connections, 20,000 for one address, water marks of 64 and 32 KiB, as many computing
   * calls as there are cores.
   */
  public static final ServerLimits DEFAULTS =
      new ServerLimits(
          20_000,
          20_000,
          1024,
          64 * 1024,
          32 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          LaneLimits.of(VirtualThreads.perTask().isPresent() ? 512 : 64, 32_768),
          LaneLimits.of(4 + 4 * CORES, 32_768),
          LaneLimits.of(CORES, 32_768));

  public ServerLimits {
    if (connections < 1 || connectionsPerAddress < 1 || backlog < 1) {
      throw new IllegalArgumentException("connections and backlog are at least 1");
    }
    if (outputLowWater < 1 || outputLowWater > outputHighWater) {
      throw new IllegalArgumentException("low-water mark is at least 1 and not above the high one");
    }
  }

  /** Others that differ in what is set. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The defaults but for what is set. */
  public static Builder builder() {
    return DEFAULTS.toBuilder();
  }

  /** Collects limits; what each means is told at {@link ServerLimits}. Not thread-safe. */
  public static final class Builder {
    private int connections;
    private int connectionsPerAddress;
    private int backlog;
    private int outputHighWater;
    private int outputLowWater;
    private Duration handshakeTimeout;
    private Duration proxyTimeout;
    private Duration closeTimeout;
    private Duration stallTimeout;
    private Duration callTimeout;
    private Duration stopTimeout;
    private LaneLimits blocking;
    private LaneLimits nativeCode;
    private LaneLimits cpu;

    private Builder(ServerLimits from) {
      connections = from.connections;
      connectionsPerAddress = from.connectionsPerAddress;
      backlog = from.backlog;
      outputHighWater = from.outputHighWater;
      outputLowWater = from.outputLowWater;
      handshakeTimeout = from.handshakeTimeout;
      proxyTimeout = from.proxyTimeout;
      closeTimeout = from.closeTimeout;
      stallTimeout = from.stallTimeout;
      callTimeout = from.callTimeout;
      stopTimeout = from.stopTimeout;
      blocking = from.blocking;
      nativeCode = from.nativeCode;
      cpu = from.cpu;
    }

    public Builder connections(int most) {
      connections = most;
      return this;
    }

    public Builder connectionsPerAddress(int most) {
      connectionsPerAddress = most;
      return this;
    }

    public Builder backlog(int most) {
      backlog = most;
      return this;
    }

    public Builder outputHighWater(int most) {
      outputHighWater = most;
      return this;
    }

    public Builder outputLowWater(int most) {
      outputLowWater = most;
      return this;
    }

    public Builder handshakeTimeout(Duration time) {
      handshakeTimeout = time;
      return this;
    }

    public Builder proxyTimeout(Duration time) {
      proxyTimeout = time;
      return this;
    }

    public Builder closeTimeout(Duration time) {
      closeTimeout = time;
      return this;
    }

    public Builder stallTimeout(Duration time) {
      stallTimeout = time;
      return this;
    }

    public Builder callTimeout(Duration time) {
      callTimeout = time;
      return this;
    }

    public Builder stopTimeout(Duration time) {
      stopTimeout = time;
      return this;
    }

    public Builder blocking(LaneLimits lane) {
      blocking = lane;
      return this;
    }

    public Builder nativeCode(LaneLimits lane) {
      nativeCode = lane;
      return this;
    }

    public Builder cpu(LaneLimits lane) {
      cpu = lane;
      return this;
    }

    public ServerLimits build() {
      return new ServerLimits(
          connections,
          connectionsPerAddress,
          backlog,
          outputHighWater,
          outputLowWater,
          handshakeTimeout,
          proxyTimeout,
          closeTimeout,
          stallTimeout,
          callTimeout,
          stopTimeout,
          blocking,
          nativeCode,
          cpu);
    }
  }
}
