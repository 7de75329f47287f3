package org.posthorn.smtp.client;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a server announced with EHLO or LHLO.
 *
 * @param keywords in upper case, to what stood behind them
 */
public record ServerAbilities(Map<String, String> keywords) {
  static final ServerAbilities NONE = new ServerAbilities(Map.of());

  public ServerAbilities {
    keywords = Map.copyOf(keywords);
  }

  /** The first line is a greeting; keywords that are told twice count once. */
  static ServerAbilities of(ServerReply reply) {
    Map<String, String> keywords = new HashMap<>();
    for (String line : reply.lines().subList(1, reply.lines().size())) {
      // "AUTH=PLAIN" is how servers wrote it before RFC 2554.
      String text = line.regionMatches(true, 0, "AUTH=", 0, 5) ? "AUTH " + line.substring(5) : line;
      int space = text.indexOf(' ');
      String keyword = space < 0 ? text : text.substring(0, space);
      String value = space < 0 ? "" : text.substring(space + 1).strip();
      keywords.merge(
          keyword.toUpperCase(Locale.ROOT),
          value,
          (a, b) -> keyword.equalsIgnoreCase("AUTH") ? a + ' ' + b : a);
    }
    return new ServerAbilities(keywords);
  }

  public boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  /** RFC 1870: the largest message that the server takes; empty where it named none. */
  OptionalLong size() {
    String value = keywords.getOrDefault("SIZE", "");
    if (!value.matches("\\d{1,18}") || Long.parseLong(value) == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  /** RFC 2852: seconds that mail which is to be returned must have left; 0 where none was named. */
  int shortestDeadline() {
    String value = keywords.getOrDefault("DELIVERBY", "");
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
  }

  /** RFC 9422: a limit by its name, such as RCPTMAX; empty where there is none. */
  public OptionalInt limit(String name) {
    for (String one : keywords.getOrDefault("LIMITS", "").split(" ", -1)) {
      if (one.regionMatches(true, 0, name + '=', 0, name.length() + 1)) {
        String value = one.substring(name.length() + 1);
        return value.matches("[1-9]\\d{0,5}")
            ? OptionalInt.of(Integer.parseInt(value))
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** Mechanisms in upper case. */
  List<String> mechanisms() {
    String value = keywords.getOrDefault("AUTH", "").toUpperCase(Locale.ROOT);
    return List.of(value.strip().split(" +", -1));
  }
}
