package org.posthorn.relay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.client.TlsUse;

/** Finds the way to a destination. Thread-safe; may block. */
@FunctionalInterface
public interface Router {
  /**
   * The way to a destination.
   *
   * @param destination what {@link #destination} gave for a domain
   */
  Route route(String destination);

  /**
   * What all domains share that go the same way: their recipients are sent to together, and count
   * as one where connections are limited. The domain itself unless overridden. Must not block.
   *
   * @param domain in lower case and as A-labels, or an address literal in brackets
   */
  default String destination(String domain) {
    return domain;
  }

  /**
   * The way of mail whose sender would rather have it arrive without TLS than not at all ({@code
   * TLS-Required: No}, RFC 8689 section 3): what other domains want of TLS is not asked. The same
   * way unless overridden.
   */
  default Route routeWithoutPolicies(String destination) {
    return route(destination);
  }

  /**
   * Whether there may be ways over servers whose names are {@linkplain Route.Hop#proven proven};
   * REQUIRETLS (RFC 8689) is offered only then.
   */
  default boolean provesNames() {
    return false;
  }

  /** Everything goes to one server, which sees to the rest. Its name is proven: it is given. */
  static Router smartHost(Route.Hop hop) {
    Route.Hop proven = new Route.Hop(hop.host(), hop.port(), hop.settings(), true);
    Route always = new Route.Servers(List.of(proven));
    TlsUse tls = hop.settings().tls();
    return new Router() {
      @Override
      public Route route(String destination) {
        return always;
      }

      @Override
      public String destination(String domain) {
        return "smart host";
      }

      @Override
      public boolean provesNames() {
        return tls == TlsUse.REQUIRED || tls == TlsUse.IMPLICIT;
      }
    };
  }

  /** What is for these domains goes to mailboxes here, the rest the given way. */
  static Router local(Set<String> domains, Router others) {
    Set<String> local = new TreeSet<>();
    for (String domain : domains) {
      local.add(new Address("postmaster", domain).canonicalDomain());
    }
    return new Router() {
      @Override
      public Route route(String destination) {
        return isLocal(destination) ? new Route.Here() : others.route(destination);
      }

      @Override
      public Route routeWithoutPolicies(String destination) {
        return isLocal(destination) ? new Route.Here() : others.routeWithoutPolicies(destination);
      }

      @Override
      public String destination(String domain) {
        return isLocal(domain) ? domain : others.destination(domain);
      }

      @Override
      public boolean provesNames() {
        return others.provesNames();
      }

      private boolean isLocal(String domain) {
        return domain.isEmpty() || local.contains(domain);
      }
    };
  }
}
