package org.posthorn.store;

import java.util.Locale;

/**
 * The name of a metadata entry (RFC 5464 section 3.2): begins with {@code /private/} or {@code
 * /shared/}; lower case, since case does not matter.
 */
public record EntryName(String path) implements Comparable<EntryName> {
  /** Octets. */
  public static final int MAX_LENGTH = 255;

  private static final String PRIVATE = "/private/";
  private static final String SHARED = "/shared/";
  private static final String VENDOR = "vendor";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException where a rule is broken, which is answered by BAD
   */
  public EntryName {
    path = checkedLowerCase(path);
    if (!path.startsWith(PRIVATE) && !path.startsWith(SHARED)) {
      throw new IllegalArgumentException("entry names begin with /private/ or /shared/");
    }
    String[] parts = path.substring(1).split("/", -1);
    if (parts[1].equals(VENDOR) && parts.length < 4) {
      throw new IllegalArgumentException("vendor entry names have at least four components");
    }
  }

  private static String checkedLowerCase(String path) {
    if (path.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("entry name is too long");
    }
    if (path.endsWith("/") || path.contains("//")) {
      throw new IllegalArgumentException("entry name has an empty component");
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '*' || c == '%') {
        throw new IllegalArgumentException("entry name has a character that is not allowed");
      }
    }
    return path.toLowerCase(Locale.ROOT);
  }

  /** For one user only. */
  public boolean isPrivate() {
    return path.startsWith(PRIVATE);
  }

  /** As text, lower case. */
  @Override
  public String toString() {
    return path;
  }

  @Override
  public int compareTo(EntryName other) {
    return path.compareTo(other.path);
  }
}
