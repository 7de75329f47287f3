package org.posthorn.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Parameters of MAIL and RCPT as one text; none of them has a space in it. */
final class Parameters {
  private Parameters() {}

  static String text(Map<String, String> parameters) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (keyword, value) -> {
              out.append(out.isEmpty() ? "" : " ").append(keyword);
              if (!value.isEmpty()) {
                out.append('=').append(value);
              }
            });
    return out.toString();
  }

  static Map<String, String> parse(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String one : text.split(" ", -1)) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        parameters.put(one.substring(0, equals), one.substring(equals + 1));
      } else if (!one.isEmpty()) {
        parameters.put(one, "");
      }
    }
    return parameters;
  }
}
