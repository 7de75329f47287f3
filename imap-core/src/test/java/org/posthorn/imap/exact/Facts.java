package org.posthorn.imap.exact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one parser sees in a message: facts under names such as {@code 2/1/ size}, one character an
 * octet. A path has the number of each part on the way, {@code m} stands for the message in a
 * message/rfc822.
 */
final class Facts {
  private final SortedMap<String, String> values = new TreeMap<>();
  private final NavigableSet<String> silent = new TreeSet<>();
  private final StringBuilder tree = new StringBuilder();

  /** Adds a fact; null is none. */
  void put(String path, String name, @Nullable String value) {
    if (value != null) {
      values.put(path + " " + name, value);
    }
  }

  /** This parser cannot tell. */
  void silent(String path, String name) {
    silent.add(path + " " + name);
  }

  /** Media type of a part, in the order of the parts, parentheses around those within it. */
  void tree(String text) {
    tree.append(text.toLowerCase(Locale.ROOT));
  }

  /** A parameter that may be in the extended form of RFC 2231: under its plain name, decoded. */
  void parameter(String path, String of, String name, String value) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.endsWith("*")) {
      put(path, of + " " + plain.substring(0, plain.length() - 1), Extended.decode(value));
    } else if (!values.containsKey(path + " " + of + " " + plain)) {
      put(path, of + " " + plain, value);
    }
  }

  boolean sameTree(Facts other) {
    return tree.toString().equals(other.tree.toString());
  }

  /** The names of the facts of which the other parser says something else. */
  NavigableSet<String> differences(Facts other) {
    if (!sameTree(other)) {
      return new TreeSet<>(List.of("structure"));
    }
    NavigableSet<String> different = new TreeSet<>();
    List<Map.Entry<String, String>> all = new ArrayList<>(values.entrySet());
    all.addAll(other.values.entrySet());
    for (Map.Entry<String, String> entry : all) {
      String name = entry.getKey();
      if (!other.silent.contains(name)
          && !silent.contains(name)
          && !Objects.equals(values.get(name), other.values.get(name))) {
        different.add(name.strip());
      }
    }
    return different;
  }

  /** The value of a field as it is when it is unfolded (RFC 5322 section 2.2.3) and trimmed. */
  static String unfolded(String raw) {
    return raw.replaceAll("[\r\n\0]", "").replaceAll("^[ \t]+|[ \t]+$", "");
  }

  /** How many LF there are. */
  static String lines(byte[] body) {
    int lines = 0;
    for (byte octet : body) {
      lines += octet == '\n' ? 1 : 0;
    }
    return Integer.toString(lines);
  }

  /** The extended values of RFC 2231 section 4. */
  private static final class Extended {

    static String decode(String value) {
      String[] pieces = value.split("'", 3);
      if (pieces.length < 3) {
        return octets(value, "UTF-8");
      }
      return octets(pieces[2], pieces[0].isEmpty() ? "UTF-8" : pieces[0]);
    }

    private static String octets(String encoded, String charset) {
      StringBuilder octets = new StringBuilder();
      for (int i = 0; i < encoded.length(); i++) {
        char c = encoded.charAt(i);
        if (c == '%' && encoded.substring(i).matches("(?s)%[0-9a-fA-F]{2}.*")) {
          c = (char) Integer.parseInt(encoded.substring(i + 1, i + 3), 16);
          i += 2;
        }
        octets.append(c);
      }
      try {
        return new String(octets.toString().getBytes(StandardCharsets.ISO_8859_1), charset);
      } catch (java.io.UnsupportedEncodingException e) {
        return octets.toString();
      }
    }
  }
}
