package org.posthorn.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.Verdict;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The addresses of a server. Thread-safe; may block. */
@FunctionalInterface
public interface HostAddresses {
  /**
   * Where a host is.
   *
   * @param addresses to be tried in this order; may be empty
   * @param failure why there is none
   */
  record Found(List<InetAddress> addresses, Optional<Verdict> failure) {}

  /**
   * Looks up a host.
   *
   * @param host a name, or an address as text
   */
  Found of(String host);

  /** As the system looks up names. */
  HostAddresses SYSTEM =
      host -> {
        try {
          return new Found(List.of(InetAddress.getAllByName(host)), Optional.empty());
        } catch (UnknownHostException e) {
          return new Found(
              List.of(), Optional.of(new Verdict(451, "4.4.3", "Host not found: " + host)));
        }
      };

  /** Asks a resolver for A and AAAA records. */
  static HostAddresses from(Resolver resolver) {
    Cache cache = new Cache(DClass.IN);
    resolver.setTimeout(Duration.ofSeconds(10));
    return host -> {
      try {
        return new Found(List.of(Address.getByAddress(host)), Optional.empty());
      } catch (UnknownHostException aName) {
        return lookUp(resolver, cache, host);
      }
    };
  }

  private static Found lookUp(Resolver resolver, Cache cache, String host) {
    List<InetAddress> addresses = new ArrayList<>();
    boolean unknown = true;
    String why = "no address";
    for (int type : new int[] {Type.AAAA, Type.A}) {
      Lookup lookup;
      try {
        lookup = new Lookup(Name.fromString(host, Name.root), type);
      } catch (TextParseException e) {
        return new Found(List.of(), Optional.of(new Verdict(550, "5.1.2", "Not a host name")));
      }
      lookup.setResolver(resolver);
      lookup.setCache(cache);
      lookup.setSearchPath(List.<Name>of());
      lookup.setHostsFileParser(null);
      Record[] found = lookup.run();
      int result = lookup.getResult();
      if (result == Lookup.SUCCESSFUL) {
        for (Record one : found) {
          if (one instanceof AAAARecord six) {
            addresses.add(six.getAddress());
          } else if (one instanceof ARecord four) {
            addresses.add(four.getAddress());
          }
        }
      } else if (result != Lookup.HOST_NOT_FOUND && result != Lookup.TYPE_NOT_FOUND) {
        unknown = false;
        why = lookup.getErrorString();
      }
    }
    if (!addresses.isEmpty()) {
      return new Found(addresses, Optional.empty());
    }
    Verdict verdict =
        unknown
            ? new Verdict(550, "5.4.4", "No address for " + host)
            : new Verdict(451, "4.4.3", "DNS for " + host + ": " + why);
    return new Found(List.of(), Optional.of(verdict));
  }
}
