package org.posthorn.testkit.transcript;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Connections to a server by real sockets. It cannot turn the clock or make calls fail: scripts
 * that need that are for {@link HarnessWires}.
 */
public final class SocketWires implements Wires {
  private final InetSocketAddress server;
  private final SSLContext tls;
  private final List<SocketWire> open = new ArrayList<>();
  private final Map<String, Consumer<String>> directives = new HashMap<>();

  /**
   * Connects to one server.
   *
   * @param tls the client's side of STARTTLS; it must trust the server
   */
  public SocketWires(InetSocketAddress server, SSLContext tls) {
    this.server = server;
    this.tls = tls;
  }

  /** Adds a directive of one's own. */
  public SocketWires with(String name, Consumer<String> action) {
    directives.put(name, action);
    return this;
  }

  @Override
  public Wire open(int session) throws IOException {
    SocketWire wire = new SocketWire(server, tls);
    open.add(wire);
    return wire;
  }

  @Override
  public boolean supports(String name) {
    return directives.containsKey(name);
  }

  @Override
  public void directive(String name, String argument) {
    Consumer<String> action = directives.get(name);
    if (action == null) {
      throw new IllegalArgumentException("@" + name + " cannot be done over sockets");
    }
    action.accept(argument);
  }

  @Override
  public boolean immediate() {
    return false;
  }

  @Override
  public void close() throws IOException {
    for (SocketWire wire : open) {
      wire.close();
    }
  }
}
