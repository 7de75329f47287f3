package org.posthorn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server on TCP, and can break all connections and refuse new ones
 * for a while, or swallow what they send. Thread-safe.
 */
public final class CuttableRelay implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private final Set<Socket> swallowed = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean swallowing;

  private CuttableRelay(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Relays from a port of its own on 127.0.0.1. */
  public static CuttableRelay to(String host, int port) throws IOException {
    CuttableRelay relay = new CuttableRelay(new InetSocketAddress(host, port));
    start("relay", relay::accept);
    return relay;
  }

  /** Where clients connect, on 127.0.0.1. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Breaks what there is; new connections break at once. */
  public void cut() {
    cut = true;
    sockets.forEach(CuttableRelay::end);
  }

  /** Cuts when clients have sent so many more packets, all of which arrive. */
  public void cutAfter(int packets) {
    left.set(packets);
    if (packets == 0) {
      cut();
    }
  }

  /**
   * From now on nothing arrives, of connections that there are and of new ones, and nobody is told:
   * a server takes a client that is gone for one that is silent. What there is stays so for good.
   */
  public void swallow() {
    swallowed.addAll(sockets);
    swallowing = true;
  }

  /** New connections go through again. */
  public void heal() {
    left.set(Integer.MAX_VALUE);
    cut = false;
    swallowing = false;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        if (cut) {
          end(client);
        } else if (swallowing) {
          swallowed.add(client);
        } else {
          relay(client);
        }
      } catch (IOException closedOrRefused) {
        // The client sees its own connection end.
      }
    }
  }

  private void relay(Socket client) throws IOException {
    Socket server = new Socket();
    sockets.add(server);
    boolean connected = false;
    try {
      server.connect(target, 10_000);
      connected = true;
    } finally {
      if (!connected) {
        end(client);
      }
    }
    start("relay-to", () -> copy(client, server, true));
    start("relay-from", () -> copy(server, client, false));
    if (cut) {
      end(client);
      end(server);
    }
  }

  private void copy(Socket from, Socket to, boolean counted) {
    byte[] octets = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
        int before = counted && left.get() < Integer.MAX_VALUE ? left.getAndDecrement() : 2;
        if (before < 1) {
          break;
        }
        if (swallowed.contains(from)) {
          continue;
        }
        out.write(octets, 0, count);
        if (before == 1) {
          cut();
        }
      }
    } catch (IOException broken) {
      // Both ends learn it below.
    }
    if (swallowed.contains(from)) {
      return;
    }
    end(from);
    end(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
