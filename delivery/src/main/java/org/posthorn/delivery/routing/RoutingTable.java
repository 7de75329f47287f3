package org.posthorn.delivery.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;

/**
 * Which addresses stand for others. Addresses are compared without case, their domains as A-labels.
 * Immutable.
 */
public final class RoutingTable {
  /** Nothing stands for anything. */
  public static final RoutingTable EMPTY = builder().build();

  private final Map<String, Route> routes;
  private final Map<String, List<Address>> catchAlls;

  private RoutingTable(Builder builder) {
    routes = Map.copyOf(builder.routes);
    catchAlls = Map.copyOf(builder.catchAlls);
  }

  /** What an address stands for. */
  sealed interface Route {
    /** Other addresses (RFC 5321 section 3.9.1). */
    record Alias(List<Address> targets) implements Route {}

    /** Other addresses, and the mailbox of its own as well. */
    record Copy(List<Address> targets) implements Route {}

    /** The members of a list, written to in its owner's name (RFC 5321 section 3.9.2). */
    record MailingList(ReversePath owner, List<Address> members) implements Route {}

    record Refusal(Verdict verdict) implements Route {}
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Null when the address stands for itself. */
  @Nullable Route route(Address address) {
    return routes.get(key(address));
  }

  /** Who gets mail for unknown addresses of a domain; null for nobody. */
  @Nullable List<Address> catchAll(Address address) {
    return catchAlls.get(address.canonicalDomain());
  }

  static String key(Address address) {
    return address.localPart().toLowerCase(Locale.ROOT) + '@' + address.canonicalDomain();
  }

  /** Collects routes; an address has one at most. */
  public static final class Builder {
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, List<Address>> catchAlls = new HashMap<>();

    private Builder() {}

    /** Mail for an address goes to others instead. */
    public Builder alias(Address address, List<Address> targets) {
      return put(address, new Route.Alias(some(targets)));
    }

    /** Mail for unknown addresses of a domain goes to somebody. */
    public Builder catchAll(String domain, List<Address> targets) {
      String key = new Address("postmaster", domain).canonicalDomain();
      if (catchAlls.putIfAbsent(key, some(targets)) != null) {
        throw new IllegalArgumentException("two catch-alls for " + domain);
      }
      return this;
    }

    /** Mail for a user goes elsewhere; nothing stays here. */
    public Builder forward(Address user, List<Address> targets) {
      return alias(user, targets);
    }

    /** Mail for a user goes elsewhere, and into the user's mailbox as well. */
    public Builder forwardWithCopy(Address user, List<Address> targets) {
      return put(user, new Route.Copy(some(targets)));
    }

    /**
     * Mail for an address goes to all members.
     *
     * @param owner gets the bounces
     */
    public Builder list(Address address, Address owner, List<Address> members) {
      return put(address, new Route.MailingList(ReversePath.of(owner), some(members)));
    }

    /** An address takes no mail now, such as 550 5.2.1 for a disabled account. */
    public Builder refuse(Address address, Verdict verdict) {
      if (verdict.accepted()) {
        throw new IllegalArgumentException("a refusal that accepts");
      }
      return put(address, new Route.Refusal(verdict));
    }

    private Builder put(Address address, Route route) {
      if (routes.putIfAbsent(key(address), route) != null) {
        throw new IllegalArgumentException("two routes for " + address);
      }
      return this;
    }

    private static List<Address> some(List<Address> targets) {
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("no targets");
      }
      return List.copyOf(targets);
    }

    public RoutingTable build() {
      return new RoutingTable(this);
    }
  }
}
