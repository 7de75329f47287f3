package org.posthorn.protocol.stringprep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables of RFC 3454 that SASLprep uses, read from a resource when the first character beyond
 * ASCII comes. {@code Rfc3454Generator} among the tests writes the resource from the RFC's text.
 */
final class Rfc3454Tables {
  static final String RESOURCE = "rfc3454.txt";

  /** Read once. */
  private static final class Holder {
    static final Map<String, BitSet> TABLES = read();
  }

  private Rfc3454Tables() {}

  /** The code points of a table, such as {@code C.2.1}; not to be changed. */
  static BitSet table(String name) {
    BitSet table = Holder.TABLES.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table " + name);
    }
    return table;
  }

  private static Map<String, BitSet> read() {
    InputStream resource = Rfc3454Tables.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IllegalStateException(RESOURCE + " is missing");
    }
    Map<String, BitSet> tables = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          read(line, tables);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tables;
  }

  /** {@code C.1.2 00A0 1680 2000-200B}. */
  private static void read(String line, Map<String, BitSet> tables) {
    String[] words = line.split(" ", -1);
    BitSet table = tables.computeIfAbsent(words[0], name -> new BitSet());
    for (int i = 1; i < words.length; i++) {
      int dash = words[i].indexOf('-');
      int first = Integer.parseInt(words[i], 0, dash < 0 ? words[i].length() : dash, 16);
      int last = dash < 0 ? first : Integer.parseInt(words[i].substring(dash + 1), 16);
      table.set(first, last + 1);
    }
  }
}
