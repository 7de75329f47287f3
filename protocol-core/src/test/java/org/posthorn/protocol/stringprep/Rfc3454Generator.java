package org.posthorn.protocol.stringprep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the resource of {@link Rfc3454Tables}: {@code java Rfc3454Generator.java rfc3454.txt >
 * rfc3454.txt of the resources}.
 */
final class Rfc3454Generator {
  private static final List<String> WANTED =
      List.of(
          "A.1", "B.1", "C.1.2", "C.2.1", "C.2.2", "C.3", "C.4", "C.5", "C.6", "C.7", "C.8", "C.9",
          "D.1", "D.2");
  private static final Pattern MARK = Pattern.compile("\\s*----- (Start|End) Table (\\S+) -----");
  private static final Pattern ENTRY =
      Pattern.compile("\\s{2,}([0-9A-F]{4,6})(?:-([0-9A-F]{4,6}))?(?:;.*)?");

  private Rfc3454Generator() {}

  public static void main(String[] arguments) throws IOException {
    System.out.print(generate(Path.of(arguments[0])));
  }

  /** The resource's text, made of the RFC's. */
  static String generate(Path rfc) throws IOException {
    StringBuilder text =
        new StringBuilder("# Tables of RFC 3454 that RFC 4013 uses; made by Rfc3454Generator\n");
    tables(rfc).forEach((name, points) -> append(text, name, points));
    return text.toString();
  }

  private static Map<String, BitSet> tables(Path rfc) throws IOException {
    Map<String, BitSet> tables = new LinkedHashMap<>();
    BitSet open = null;
    for (String line : Files.readAllLines(rfc, StandardCharsets.ISO_8859_1)) {
      Matcher mark = MARK.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      if (mark.matches()) {
        boolean begins = mark.group(1).equals("Start") && WANTED.contains(mark.group(2));
        open = begins ? tables.computeIfAbsent(mark.group(2), name -> new BitSet()) : null;
      } else if (open != null && entry.matches()) {
        int first = Integer.parseInt(entry.group(1), 16);
        int last = entry.group(2) == null ? first : Integer.parseInt(entry.group(2), 16);
        open.set(first, last + 1);
      }
    }
    return tables;
  }

  /** One line a table: readable by a diff, and quick to read in. */
  private static void append(StringBuilder text, String name, BitSet points) {
    text.append(name);
    for (int first = points.nextSetBit(0); first >= 0; ) {
      int end = points.nextClearBit(first);
      text.append(String.format(" %04X", first));
      if (end - first > 1) {
        text.append(String.format("-%04X", end - 1));
      }
      first = points.nextSetBit(end);
    }
    text.append('\n');
  }
}
