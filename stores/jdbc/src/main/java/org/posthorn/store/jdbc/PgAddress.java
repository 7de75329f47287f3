package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code postgresql://user:password@host:port/database?option=value}, as libpq
 * writes it. User, password and database may be percent-encoded. Several servers, of which one at a
 * time may be written to, are separated by commas: {@code @host:port,host:port/}.
 */
record PgAddress(
    String user,
    String password,
    List<String> hosts,
    List<Integer> ports,
    String database,
    Map<String, String> options) {
  static final String SCHEME = "postgresql";
  private static final int PORT = 5432;

  PgAddress {
    hosts = List.copyOf(hosts);
    ports = List.copyOf(ports);
    options = Map.copyOf(options);
  }

  String host() {
    return hosts.get(0);
  }

  int port() {
    return ports.get(0);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a text that has no password
   */
  static PgAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("character " + e.getIndex() + " is not allowed there");
    }
    if (!SCHEME.equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw wrong("it does not begin so");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
      throw wrong("no database is named");
    }
    String who = authority.substring(0, Math.max(at, 0));
    int colon = who.indexOf(':');
    String user = decoded(colon < 0 ? who : who.substring(0, colon));
    if (user.isEmpty()) {
      throw wrong("no user is named");
    }
    List<String> hosts = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (String server : authority.substring(at + 1).split(",", -1)) {
      URI one = server(server);
      hosts.add(one.getHost());
      ports.add(one.getPort() < 0 ? PORT : one.getPort());
    }
    return new PgAddress(
        user,
        colon < 0 ? "" : decoded(who.substring(colon + 1)),
        hosts,
        ports,
        decoded(path.substring(1)),
        options(uri.getRawQuery()));
  }

  private static URI server(String hostAndPort) {
    URI one;
    try {
      one = new URI(SCHEME + "://" + hostAndPort);
    } catch (URISyntaxException e) {
      throw wrong("no host is named");
    }
    if (one.getHost() == null) {
      throw wrong("no host is named");
    }
    return one;
  }

  private static Map<String, String> options(@Nullable String query) {
    Map<String, String> options = new LinkedHashMap<>();
    if (query != null) {
      for (String option : query.split("&", -1)) {
        int equals = option.indexOf('=');
        if (equals < 1) {
          throw wrong("an option is name=value");
        }
        options.put(decoded(option.substring(0, equals)), decoded(option.substring(equals + 1)));
      }
    }
    return options;
  }

  /** A plus sign is itself: this is no form. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "not an address of a database, postgresql://user:password@host:port/database: " + why);
  }

  /** Without the password, for messages. */
  @Override
  public String toString() {
    StringJoiner servers = new StringJoiner(",");
    for (int i = 0; i < hosts.size(); i++) {
      servers.add(hosts.get(i) + ":" + ports.get(i));
    }
    return SCHEME + "://" + user + "@" + servers + "/" + database;
  }
}
