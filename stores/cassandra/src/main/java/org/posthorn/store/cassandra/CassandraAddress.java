package org.posthorn.store.cassandra;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a cluster is.
 *
 * @param user empty where the cluster asks for none
 * @param datacenter of this server; empty: that of the nodes
 * @param replication how often a new keyspace keeps everything in that data centre; nothing: as
 *     often as there are nodes, three times at most
 */
record CassandraAddress(
    List<InetSocketAddress> nodes,
    String keyspace,
    String user,
    String password,
    String datacenter,
    OptionalInt replication) {
  private static final String SCHEME = "cassandra://";
  private static final int PORT = 9042;
  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final Set<String> OPTIONS = Set.of("datacenter", "replication");

  /**
   * Reads {@code cassandra://[user:password@]host[:port][,host[:port]…]/keyspace[?datacenter=…
   * &replication=…]}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static CassandraAddress parse(String address) {
    if (!address.startsWith(SCHEME)) {
      throw wrong(address);
    }
    String rest = address.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw wrong(address);
    }
    String authority = rest.substring(0, slash);
    String[] tail = rest.substring(slash + 1).split("\\?", 2);
    Map<String, String> options = options(address, tail.length == 2 ? tail[1] : "");
    int at = authority.lastIndexOf('@');
    String[] login = at < 0 ? new String[] {"", ""} : authority.substring(0, at).split(":", 2);
    if (!KEYSPACE.matcher(tail[0]).matches() || login.length != 2) {
      throw wrong(address);
    }
    List<InetSocketAddress> nodes = new ArrayList<>();
    for (String host : authority.substring(at + 1).split(",", -1)) {
      nodes.add(node(address, host));
    }
    try {
      int replication = Integer.parseInt(options.getOrDefault("replication", "0"));
      return new CassandraAddress(
          List.copyOf(nodes),
          tail[0],
          decoded(login[0]),
          decoded(login[1]),
          options.getOrDefault("datacenter", ""),
          replication > 0 ? OptionalInt.of(replication) : OptionalInt.empty());
    } catch (NumberFormatException e) {
      throw wrong(address);
    }
  }

  private static InetSocketAddress node(String address, String host) {
    try {
      URI uri = new URI("cql", host, null, null, null);
      if (uri.getHost() == null) {
        throw wrong(address);
      }
      return InetSocketAddress.createUnresolved(
          uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
    } catch (URISyntaxException e) {
      throw wrong(address);
    }
  }

  private static Map<String, String> options(String address, String query) {
    Map<String, String> options = new HashMap<>();
    for (String option : query.split("&", -1)) {
      String[] pair = option.split("=", 2);
      if (!option.isEmpty()) {
        if (pair.length != 2 || !OPTIONS.contains(pair[0])) {
          throw wrong(address);
        }
        options.put(pair[0], decoded(pair[1]));
      }
    }
    return options;
  }

  private static String decoded(String text) {
    // A plus sign is itself: this is no form.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String address) {
    int at = address.lastIndexOf('@');
    return new IllegalArgumentException(
        "not cassandra://[USER:PASSWORD@]HOST[:PORT][,HOST…]/KEYSPACE[?datacenter=NAME"
            + "&replication=N]: "
            + (at < 0 ? address : SCHEME + "…" + address.substring(at)));
  }
}
