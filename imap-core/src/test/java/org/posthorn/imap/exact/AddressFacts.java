package org.posthorn.imap.exact;

import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of one field, and apart from them the names of people. */
final class AddressFacts {
  private static final Pattern OCTET = Pattern.compile("[\\x80-\\xff]");
  private static final Pattern DISGUISED = Pattern.compile("=~([0-9a-f]{2})~");

  private final StringJoiner addresses = new StringJoiner(", ");
  private final StringJoiner names = new StringJoiner(", ");
  private boolean any;

  void address(@Nullable String name, @Nullable String route, String mailbox, String host) {
    addresses.add((route == null ? "" : route + ":") + mailbox + "@" + host);
    names.add(name == null ? "-" : name);
    any = true;
  }

  void groupStart(String name) {
    addresses.add("group");
    names.add(name + ":");
    any = true;
  }

  void groupEnd() {
    addresses.add("end of group");
  }

  boolean isEmpty() {
    return !any;
  }

  void into(Facts facts, String path, String field) {
    if (any) {
      facts.put(path, field, addresses.toString());
      facts.put(path, field + " names", names.toString());
    }
  }

  /**
   * Encoded-words and octets above 127 made into words that no parser decodes: ENVELOPE has them as
   * they stand.
   */
  static String disguised(String value) {
    return OCTET
        .matcher(value.replace("=?", "=~q~"))
        .replaceAll(octet -> String.format("=~%02x~", (int) octet.group().charAt(0)));
  }

  static String plain(String value) {
    return DISGUISED
        .matcher(value)
        .replaceAll(hex -> Character.toString(Integer.parseInt(hex.group(1), 16)))
        .replace("=~q~", "=?");
  }
}
