package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where three nodes live: each in a network namespace of its own behind a bridge, so that it can be
 * cut off, where this process may make such; else on 127.0.0.1, .2 and .3.
 */
abstract class NodeNetwork implements AutoCloseable {
  abstract String host(int node);

  /** Words before a command that is to run there. */
  abstract List<String> before(int node);

  /** Cuts nodes off; empty where that cannot be done. */
  abstract Optional<Scissors> scissors();

  interface Scissors {
    /** From now on nothing comes from the node and nothing reaches it; no connection is told. */
    void cut(int node) throws IOException;

    void heal(int node) throws IOException;
  }

  @Override
  public abstract void close();

  static NodeNetwork make(int nodes) {
    Namespaces namespaces = new Namespaces();
    try {
      namespaces.open(nodes);
      return namespaces;
    } catch (IOException e) {
      namespaces.close();
      System.out.println("no network namespaces here, so no node is cut off: " + e.getMessage());
      return new Loopback();
    }
  }

  private static final class Loopback extends NodeNetwork {
    @Override
    String host(int node) {
      return "127.0.0." + node;
    }

    @Override
    List<String> before(int node) {
      return List.of();
    }

    @Override
    Optional<Scissors> scissors() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private static final class Namespaces extends NodeNetwork implements NodeNetwork.Scissors {
    private final long own = ProcessHandle.current().pid();
    private final String bridge = "phb" + own;
    private final String subnet = "10.213." + own % 256 + ".";
    private final List<Integer> made = new ArrayList<>();
    private boolean bridged;

    void open(int nodes) throws IOException {
      ip("link", "add", bridge, "type", "bridge");
      bridged = true;
      ip("addr", "add", subnet + "254/24", "dev", bridge);
      ip("link", "set", bridge, "up");
      for (int node = 1; node <= nodes; node++) {
        ip("netns", "add", namespace(node));
        made.add(node);
        ip(
            "link",
            "add",
            link(node),
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            namespace(node));
        ip("link", "set", link(node), "master", bridge, "up");
        ip("-n", namespace(node), "addr", "add", host(node) + "/24", "dev", "eth0");
        ip("-n", namespace(node), "link", "set", "eth0", "up");
        ip("-n", namespace(node), "link", "set", "lo", "up");
      }
    }

    private String namespace(int node) {
      return "ph" + own + "-" + node;
    }

    private String link(int node) {
      return "ph" + own + "v" + node;
    }

    @Override
    String host(int node) {
      return subnet + node;
    }

    @Override
    List<String> before(int node) {
      return List.of("ip", "netns", "exec", namespace(node));
    }

    @Override
    Optional<Scissors> scissors() {
      return Optional.of(this);
    }

    @Override
    public void cut(int node) throws IOException {
      ip("link", "set", link(node), "nomaster");
    }

    @Override
    public void heal(int node) throws IOException {
      ip("link", "set", link(node), "master", bridge);
    }

    private static void ip(String... words) throws IOException {
      List<String> command = new ArrayList<>(List.of("ip"));
      command.addAll(List.of(words));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      try {
        for (int node : made) {
          // The pair of links goes with its end in there.
          ip("netns", "del", namespace(node));
        }
        made.clear();
        if (bridged) {
          ip("link", "del", bridge);
          bridged = false;
        }
      } catch (IOException e) {
        System.err.println("left behind: " + e.getMessage());
      }
    }
  }
}
