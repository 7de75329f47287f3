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

  /** The same with other numbers of connections. */
  public ServerLimits withConnections(int inAll, int perAddress) {
    return new ServerLimits(
        inAll,
        perAddress,
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

  /** The same with other water marks, in octets. */
  public ServerLimits withWaterMarks(int high, int low) {
    return new ServerLimits(
        connections,
        connectionsPerAddress,
        backlog,
        high,
        low,
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

  /** The same with another time for TLS handshakes. */
  public ServerLimits withHandshakeTimeout(Duration timeout) {
    return new ServerLimits(
        connections,
        connectionsPerAddress,
        backlog,
        outputHighWater,
        outputLowWater,
        timeout,
        proxyTimeout,
        closeTimeout,
        stallTimeout,
        callTimeout,
        stopTimeout,
        blocking,
        nativeCode,
        cpu);
  }

  /** The same with another time for peers that do not read. */
  public ServerLimits withStallTimeout(Duration timeout) {
    return new ServerLimits(
        connections,
        connectionsPerAddress,
        backlog,
        outputHighWater,
        outputLowWater,
        handshakeTimeout,
        proxyTimeout,
        closeTimeout,
        timeout,
        callTimeout,
        stopTimeout,
        blocking,
        nativeCode,
        cpu);
  }

  /** The same with another time for running commands at a stop. */
  public ServerLimits withStopTimeout(Duration timeout) {
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
        timeout,
        blocking,
        nativeCode,
        cpu);
  }

  /** The same with other lanes. */
  public ServerLimits withLanes(LaneLimits forBlocking, LaneLimits forNative, LaneLimits forCpu) {
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
        forBlocking,
        forNative,
        forCpu);
  }
}
