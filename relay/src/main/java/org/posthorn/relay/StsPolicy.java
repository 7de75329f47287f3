package org.posthorn.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a domain says of its servers (RFC 8461 section 3.2).
 *
 * @param patterns names of servers in lower case; {@code *.} at the beginning stands for one label
 * @param maxAge for how long it may be remembered
 */
record StsPolicy(Mode mode, List<String> patterns, Duration maxAge) {
  /** RFC 8461 section 3.2: about a year. */
  private static final long LONGEST_SECONDS = 31_557_600;

  private static final int PATTERNS = 100;

  enum Mode {
    ENFORCE,
    TESTING,
    NONE
  }

  StsPolicy {
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException when it is none
   */
  static StsPolicy parse(String text) {
    String version = "";
    Mode mode = null;
    long seconds = -1;
    List<String> patterns = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      // The first of each counts, except of mx.
      if (key.equals("version") && version.isEmpty()) {
        version = value;
      } else if (key.equals("mode") && mode == null) {
        mode = mode(value);
      } else if (key.equals("max_age") && seconds < 0) {
        seconds = seconds(value);
      } else if (key.equals("mx") && patterns.size() < PATTERNS) {
        patterns.add(value.toLowerCase(Locale.ROOT));
      }
    }
    if (!version.equals("STSv1") || mode == null || seconds < 0) {
      throw new IllegalArgumentException("version, mode or max_age is missing");
    }
    if (patterns.isEmpty() && mode != Mode.NONE) {
      throw new IllegalArgumentException("a policy without servers");
    }
    return new StsPolicy(mode, patterns, Duration.ofSeconds(seconds));
  }

  private static Mode mode(String value) {
    return switch (value) {
      case "enforce" -> Mode.ENFORCE;
      case "testing" -> Mode.TESTING;
      case "none" -> Mode.NONE;
      default -> throw new IllegalArgumentException("unknown mode");
    };
  }

  private static long seconds(String value) {
    if (!value.matches("\\d{1,10}")) {
      throw new IllegalArgumentException("max_age is a number of seconds");
    }
    return Math.min(LONGEST_SECONDS, Long.parseLong(value));
  }

  boolean enforced() {
    return mode == Mode.ENFORCE;
  }

  /** RFC 8461 section 4.1. */
  boolean names(String host) {
    int dot = host.indexOf('.');
    String wild = dot < 0 ? "" : "*" + host.substring(dot);
    return patterns.contains(host) || patterns.contains(wild);
  }
}
