package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code postgresql://user:password@host:port/database?option=value}, as libpq
 * writes it. User, password and database may be percent-encoded.
 */
record PgAddress(
    String user,
    String password,
    String host,
    int port,
    String database,
    Map<String, String> options) {
  static final String SCHEME = "postgresql";
  private static final int PORT = 5432;

  PgAddress {
    options = Map.copyOf(options);
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
    if (uri.getHost() == null) {
      throw wrong("no host is named");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
      throw wrong("no database is named");
    }
    String who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = who.indexOf(':');
    String user = decoded(colon < 0 ? who : who.substring(0, colon));
    if (user.isEmpty()) {
      throw wrong("no user is named");
    }
    return new PgAddress(
        user,
        colon < 0 ? "" : decoded(who.substring(colon + 1)),
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        decoded(path.substring(1)),
        options(uri.getRawQuery()));
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
    return SCHEME + "://" + user + "@" + host + ":" + port + "/" + database;
  }
}
