package org.posthorn.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The way that DNS tells (RFC 5321 section 5.1): MX records by preference, the domain itself where
 * there are none, nothing where the domain says so (RFC 7505). Thread-safe.
 */
public final class MxRouter implements Router {
  /** SMTP among servers. */
  public static final int PORT = 25;

  /** Servers of one domain that are tried. */
  private static final int SERVERS = 10;

  private static final Verdict UNKNOWN = new Verdict(550, "5.1.2", "Domain not found");
  private static final Verdict UNNAMED =
      new Verdict(451, "4.7.5", "No server is one of those that the domain's policy names");
  private static final Verdict NULL_MX = new Verdict(556, "5.1.10", "Domain takes no mail");
  private static final Verdict LOOP = new Verdict(554, "5.4.6", "Mail for this domain loops back");

  private final Resolver resolver;
  private final Cache cache = new Cache(DClass.IN);
  private final ClientSettings settings;
  private final int port;
  private final boolean signatures;
  private final @Nullable MtaSts policies;

  /**
   * Asks a resolver.
   *
   * @param settings its name is this machine's: servers that are not before it in preference are
   *     not tried
   * @param port of SMTP, {@link #PORT} but in tests
   */
  public MxRouter(Resolver resolver, ClientSettings settings, int port) {
    this(resolver, settings, port, false, null);
  }

  private MxRouter(
      Resolver resolver,
      ClientSettings settings,
      int port,
      boolean signatures,
      @Nullable MtaSts policies) {
    this.signatures = signatures;
    this.policies = policies;
    this.resolver = resolver;
    this.settings = settings;
    this.port = port;
    resolver.setTimeout(Duration.ofSeconds(10));
  }

  /** Asks the resolvers that this machine is set up with. */
  public static MxRouter system(ClientSettings settings) {
    return new MxRouter(new org.xbill.DNS.ExtendedResolver(), settings, PORT);
  }

  /**
   * Believes what the resolver says of signatures in DNS (the AD bit, RFC 4035 section 3.2.3):
   * servers named by signed records are {@linkplain Route.Hop#proven proven}. For a resolver that
   * verifies, on this machine or on a way to it that nobody else can write to; or for dnsjava's own
   * {@code ValidatingResolver}.
   */
  public MxRouter believingSignatures() {
    return new MxRouter(resolver, settings, port, true, policies);
  }

  /**
   * Follows the policies of domains (RFC 8461). Where one is enforced, only servers that it names
   * are used, with TLS that proves their names, and they are {@linkplain Route.Hop#proven proven}.
   */
  public MxRouter following(MtaSts mtaSts) {
    return new MxRouter(resolver, settings, port, signatures, mtaSts);
  }

  @Override
  public boolean provesNames() {
    return signatures || policies != null;
  }

  @Override
  public Route route(String domain) {
    Route route = byRecords(domain);
    if (!(route instanceof Route.Servers servers) || domain.startsWith("[")) {
      return route;
    }
    Optional<StsPolicy> policy = policies == null ? Optional.empty() : policies.of(domain);
    if (policy.isPresent() && policy.get().enforced()) {
      return enforced(servers, policy.get());
    }
    return signatures && signed(domain, servers) ? proven(servers.hops()) : route;
  }

  @Override
  public Route routeWithoutPolicies(String domain) {
    return byRecords(domain);
  }

  private static Route proven(List<Route.Hop> hops) {
    List<Route.Hop> proven = new ArrayList<>();
    for (Route.Hop hop : hops) {
      proven.add(new Route.Hop(hop.host(), hop.port(), hop.settings(), true));
    }
    return new Route.Servers(proven);
  }

  /** RFC 8461 section 5: what does not fit is tried again later, when it may. */
  private static Route enforced(Route.Servers servers, StsPolicy policy) {
    List<Route.Hop> named = new ArrayList<>();
    for (Route.Hop hop : servers.hops()) {
      if (policy.names(hop.host())) {
        named.add(
            new Route.Hop(hop.host(), hop.port(), hop.settings().withTls(TlsUse.REQUIRED), true));
      }
    }
    return named.isEmpty() ? new Route.None(UNNAMED) : new Route.Servers(named);
  }

  /** Asks anew: what is remembered does not tell how it was proven. */
  private boolean signed(String domain, Route.Servers servers) {
    try {
      Name name = Name.fromString(domain, Name.root);
      Message question = Message.newQuery(Record.newRecord(name, Type.MX, DClass.IN));
      question.getHeader().setFlag(Flags.AD); // RFC 6840 section 5.7
      Message answer = resolver.send(question);
      Set<String> signed = new HashSet<>();
      for (Record record : answer.getSection(Section.ANSWER)) {
        if (record instanceof MXRecord mx) {
          signed.add(host(mx));
        }
      }
      if (signed.isEmpty()) {
        signed.add(domain);
      }
      return answer.getHeader().getFlag(Flags.AD)
          && servers.hops().stream().allMatch(hop -> signed.contains(hop.host()));
    } catch (IOException e) {
      return false;
    }
  }

  private Route byRecords(String domain) {
    if (domain.startsWith("[")) {
      return literal(domain);
    }
    Name name;
    try {
      name = Name.fromString(domain, Name.root);
    } catch (TextParseException e) {
      return new Route.None(UNKNOWN);
    }
    Lookup lookup = lookup(name, Type.MX);
    Record[] found = lookup.run();
    return switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL -> servers(found);
      case Lookup.TYPE_NOT_FOUND -> new Route.Servers(List.of(hop(domain)));
      case Lookup.HOST_NOT_FOUND -> new Route.None(UNKNOWN);
      default -> new Route.None(new Verdict(451, "4.4.3", "DNS: " + lookup.getErrorString()));
    };
  }

  private Lookup lookup(Name name, int type) {
    Lookup lookup = new Lookup(name, type);
    lookup.setResolver(resolver);
    lookup.setCache(cache);
    lookup.setSearchPath(List.<Name>of());
    lookup.setHostsFileParser(null);
    return lookup;
  }

  private Route servers(Record[] found) {
    List<MXRecord> records = new ArrayList<>();
    for (Record one : found) {
      if (one instanceof MXRecord mx) {
        records.add(mx);
      }
    }
    if (records.size() == 1 && records.get(0).getTarget().equals(Name.root)) {
      return new Route.None(NULL_MX);
    }
    // Equal preferences are tried in an order of chance (RFC 5321 section 5.1).
    Collections.shuffle(records);
    records.sort(Comparator.comparingInt(MXRecord::getPriority));
    int ours = ourPreference(records);
    List<Route.Hop> hops = new ArrayList<>();
    for (MXRecord record : records) {
      if (record.getPriority() < ours
          && !record.getTarget().equals(Name.root)
          && hops.size() < SERVERS) {
        hops.add(hop(host(record)));
      }
    }
    return hops.isEmpty() ? new Route.None(LOOP) : new Route.Servers(hops);
  }

  private int ourPreference(List<MXRecord> records) {
    for (MXRecord record : records) {
      if (host(record).equalsIgnoreCase(settings.name())) {
        return record.getPriority();
      }
    }
    return Integer.MAX_VALUE;
  }

  private static String host(MXRecord record) {
    return record.getTarget().toString(true).toLowerCase(Locale.ROOT);
  }

  private Route.Hop hop(String host) {
    return new Route.Hop(host, port, settings);
  }

  /** {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 section 4.1.3). */
  private Route literal(String domain) {
    String inside = domain.substring(1, domain.length() - 1);
    boolean six = inside.regionMatches(true, 0, "IPv6:", 0, 5);
    String address = six ? inside.substring(5) : inside;
    boolean plain = address.matches(six ? "[0-9A-Fa-f:.]+" : "[0-9.]+");
    return plain
        ? new Route.Servers(List.of(hop(address)))
        : new Route.None(new Verdict(550, "5.1.2", "Address literal not understood"));
  }
}
