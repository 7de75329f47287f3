package org.posthorn.server;

import java.util.List;
import org.posthorn.protocol.EngineFactory;

/**
 * One address that a server listens at.
 *
 * @param name how the integrator calls it: for {@link MailServer#address}, logs and events
 * @param host name or address to bind
 * @param port 0 for any free one
 * @param service makes an engine for each connection
 * @param proxies where set, connections are taken from these networks only, and each must begin
 *     with a PROXY header (HAProxy's PROXY protocol, version 1 or 2), whose addresses are believed
 */
public record ListenerConfig(
    String name, String host, int port, TlsMode tls, EngineFactory service, List<Network> proxies) {
  public ListenerConfig {
    proxies = List.copyOf(proxies);
  }

  /** Without PROXY protocol. */
  public ListenerConfig(String name, String host, int port, TlsMode tls, EngineFactory service) {
    this(name, host, port, tls, service, List.of());
  }

  /** The same behind proxies. */
  public ListenerConfig behind(Network... trusted) {
    return new ListenerConfig(name, host, port, tls, service, List.of(trusted));
  }
}
