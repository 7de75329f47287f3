package org.posthorn.relay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.smtp.Address;

/** Finds the way to a destination. Thread-safe; may block. */
@FunctionalInterface
public interface Router {
  /**
   * The way to a domain.
   *
   * @param domain in lower case and as A-labels, or an address literal in brackets
   */
  Route route(String domain);

  /** Everything goes to one server, which sees to the rest. */
  static Router smartHost(Route.Hop hop) {
    Route always = new Route.Servers(List.of(hop));
    return domain -> always;
  }

  /** What is for these domains goes to mailboxes here, the rest the given way. */
  static Router local(Set<String> domains, Router others) {
    Set<String> local = new TreeSet<>();
    for (String domain : domains) {
      local.add(new Address("postmaster", domain).canonicalDomain());
    }
    return domain ->
        domain.isEmpty() || local.contains(domain) ? new Route.Here() : others.route(domain);
  }
}
