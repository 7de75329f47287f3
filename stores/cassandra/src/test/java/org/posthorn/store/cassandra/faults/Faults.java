package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One node after another is killed and started again, stopped for a while, cut off. */
final class Faults {
  private static final int DOWN_SECONDS = 15;
  private static final int STOPPED_SECONDS = 30;
  private static final int CUT_SECONDS = 30;
  private static final int QUIET_SECONDS = 15;

  private final ThreeNodes cluster;
  private final List<LoadedServer> servers;
  private final Recorder recorder;
  private final String keyspace;
  private final List<String> kinds =
      List.of(System.getProperty("posthorn.faults.kinds", "kill,stop,cut").split(",", -1));
  private int next = 1;

  Faults(ThreeNodes cluster, List<LoadedServer> servers, Recorder recorder, String keyspace) {
    this.cluster = cluster;
    this.servers = servers;
    this.recorder = recorder;
    this.keyspace = keyspace;
  }

  /** Goes round until so long has passed, and until all is well again after the last fault. */
  void run(long seconds) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    pause(QUIET_SECONDS);
    for (int round = 0; System.nanoTime() < end; round++) {
      int node = next;
      next = next % ThreeNodes.NODES + 1;
      switch (kinds.get(round % kinds.size())) {
        case "kill" -> kill(node);
        case "stop" -> stop(node);
        case "cut" -> {
          Optional<NodeNetwork.Scissors> scissors = cluster.network().scissors();
          if (scissors.isPresent()) {
            cutOff(node, scissors.get());
          }
        }
        default -> throw new IllegalArgumentException("kinds of faults: " + kinds);
      }
      cluster.awaitWhole(keyspace);
      for (LoadedServer server : servers) {
        server.awaitWhole();
      }
      recorder.fault("quiet", "-");
      pause(QUIET_SECONDS);
    }
  }

  private void kill(int node) throws IOException {
    recorder.fault("killed", "node" + node);
    cluster.node(node).kill();
    pause(DOWN_SECONDS);
    recorder.fault("restarting", "node" + node);
    cluster.node(node).start();
    cluster.node(node).awaitReady();
  }

  private void stop(int node) throws IOException {
    recorder.fault("stopped", "node" + node);
    cluster.node(node).signal("STOP");
    pause(STOPPED_SECONDS);
    cluster.node(node).signal("CONT");
    recorder.fault("continuing", "node" + node);
  }

  private void cutOff(int node, NodeNetwork.Scissors scissors) throws IOException {
    recorder.fault("cut", "node" + node);
    scissors.cut(node);
    pause(CUT_SECONDS);
    scissors.heal(node);
    recorder.fault("healing", "node" + node);
  }

  private static void pause(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
