package org.posthorn.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.EventListener;
import org.posthorn.server.jdk.JdkTransport;

/**
 * A running server: services that listen. Thread-safe. It does not own what the services are made
 * of: close stores after the server.
 */
public final class MailServer implements AutoCloseable {
  private static final Duration CALLS_AFTER_ABORT = Duration.ofSeconds(10);

  private final Transport transport;
  private final ServerCore core;
  private final Map<String, Transport.Listening> listeners = new LinkedHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopping;

  private MailServer(Transport transport, ServerCore core) {
    this.transport = transport;
    this.core = core;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Names of the listeners, in the order in which they were given. */
  public Set<String> listeners() {
    return listeners.keySet();
  }

  /**
   * Where a listener is bound.
   *
   * @throws IllegalArgumentException when there is no listener of that name
   */
  public InetSocketAddress address(String listener) {
    Transport.Listening listening = listeners.get(listener);
    if (listening == null) {
      throw new IllegalArgumentException("no listener " + listener);
    }
    return listening.address();
  }

  /** The port of a listener, as {@link #address}. */
  public int port(String listener) {
    return address(listener).getPort();
  }

  /** Connections open now, over all listeners. */
  public int connections() {
    return core.connections();
  }

  /** Handshakes from now on use these certificates; what is connected stays. */
  public void reloadTls(TlsConfig renewed) {
    core.tls(renewed);
  }

  /** Waits until the server was stopped. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Stops in order with the timeout of the {@link ServerLimits}. */
  @Override
  public void close() {
    stop(core.limits().stopTimeout());
  }

  /**
   * Stops in order: accepts no more, lets every engine end its command and take its leave, and
   * after the timeout cuts off those that have not. Calls that still run then are asked to cancel
   * and waited for.
   */
  public void stop(Duration timeout) {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
    }
    boolean interrupted = false;
    listeners.values().forEach(Transport.Listening::close);
    core.stopAll();
    try {
      if (!core.awaitEmpty(timeout.toNanos())) {
        core.abortAll();
        core.awaitEmpty(CALLS_AFTER_ABORT.toNanos());
      }
      core.lanes().close(CALLS_AFTER_ABORT.toNanos());
    } catch (InterruptedException e) {
      interrupted = true;
      core.abortAll();
    }
    transport.stop();
    stopped.countDown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(List<ListenerConfig> configs) throws IOException {
    transport.start(core.limits(), core);
    try {
      for (ListenerConfig config : configs) {
        listeners.put(
            config.name(),
            transport.listen(
                new InetSocketAddress(config.host(), config.port()),
                wire -> new Connection(core, config, wire)));
      }
    } catch (IOException | RuntimeException e) {
      stop(Duration.ZERO);
      throw e;
    }
  }

  /** Collects what a server is made of. */
  public static final class Builder {
    private final List<ListenerConfig> configs = new ArrayList<>();
    private @Nullable Transport transport;
    private @Nullable TlsConfig tls;
    private ServerLimits limits = ServerLimits.DEFAULTS;
    private @Nullable EventListener events;

    private Builder() {}

    /** How octets travel: {@link JdkTransport} unless set. */
    public Builder transport(Transport transport) {
      this.transport = transport;
      return this;
    }

    /** Needed by listeners with {@link TlsMode#STARTTLS} or {@link TlsMode#IMPLICIT}. */
    public Builder tls(TlsConfig tls) {
      this.tls = tls;
      return this;
    }

    public Builder limits(ServerLimits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * Who hears what happens; unless set, faults go to the {@link System.Logger}
     * org.posthorn.server and the rest nowhere.
     */
    public Builder events(EventListener listener) {
      this.events = listener;
      return this;
    }

    /** Adds a listener, see {@link ListenerConfig}. */
    public Builder listen(String name, String host, int port, TlsMode tls, EngineFactory service) {
      return listen(new ListenerConfig(name, host, port, tls, service));
    }

    public Builder listen(ListenerConfig listener) {
      configs.add(listener);
      return this;
    }

    /**
     * Binds every listener.
     *
     * @throws IOException when one of them cannot be bound; none is then
     * @throws IllegalStateException when a listener needs TLS and there is none, or two have the
     *     same name
     */
    public MailServer start() throws IOException {
      check();
      Transport chosen = transport != null ? transport : new JdkTransport();
      MailServer server = new MailServer(chosen, new ServerCore(limits, events, tls, blocking()));
      server.start(configs);
      return server;
    }

    private Lanes.Blocking blocking() {
      for (ListenerConfig config : configs) {
        if (config.service().blocksInNativeCode()) {
          return Lanes.Blocking.IN_NATIVE_CODE;
        }
      }
      return Lanes.Blocking.IN_JAVA;
    }

    private void check() {
      Set<String> names = new HashSet<>();
      for (ListenerConfig config : configs) {
        if (tls == null && config.tls() != TlsMode.NONE) {
          throw new IllegalStateException("a listener needs TLS and none is set");
        }
        if (!names.add(config.name())) {
          throw new IllegalStateException("two listeners of the same name");
        }
      }
    }
  }
}
