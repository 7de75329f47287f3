package org.posthorn.delivery.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;

/**
 * A {@link RoutingTable} as text in UTF-8, one route a line; {@code #} begins a comment, a line
 * that begins with white space continues the one before:
 *
 * <pre>
 * alias    sales@example.org   alice@example.org bob@example.org
 * forward  carol@example.org   carol@elsewhere.example
 * copy     dave@example.org    dave@elsewhere.example
 * list     team@example.org    team-owner@example.org alice@example.org dave@example.org
 * catchall example.org         postmaster@example.org
 * refuse   mallory@example.org Account disabled
 * </pre>
 *
 * {@code forward} keeps nothing here, {@code copy} keeps the mail as well; the first address behind
 * {@code list} gets its bounces; {@code refuse} answers 550 5.2.1 with the text.
 */
public final class RoutingFile {
  /** Within a word it is part of an address. */
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  private RoutingFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static RoutingTable read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * Reads text.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static RoutingTable parse(String text) {
    RoutingTable.Builder table = RoutingTable.builder();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); ) {
      int first = at + 1;
      StringBuilder whole = new StringBuilder(uncommented(lines.get(at++)));
      while (at < lines.size() && continues(lines.get(at))) {
        whole.append(' ').append(uncommented(lines.get(at++)));
      }
      if (!whole.toString().isBlank()) {
        try {
          add(table, whole.toString().strip().split("\\s+"));
        } catch (SmtpSyntaxException | IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + first + ": " + e.getMessage(), e);
        }
      }
    }
    return table.build();
  }

  /**
   * Gives the table of a file, read again when the file has changed. A file that cannot be read or
   * is wrong is told to the log, and what it said before stays.
   *
   * @throws IllegalArgumentException when it is wrong now
   */
  public static Supplier<RoutingTable> reloading(Path file) throws IOException {
    return new Reloading(file);
  }

  private static boolean continues(String line) {
    return !line.isEmpty() && Character.isWhitespace(line.charAt(0));
  }

  private static String uncommented(String line) {
    return COMMENT.matcher(line).replaceFirst("");
  }

  private static void add(RoutingTable.Builder table, String[] words) throws SmtpSyntaxException {
    if (words.length < 3) {
      throw new IllegalArgumentException("kind, address and target expected");
    }
    switch (words[0]) {
      case "alias" -> table.alias(Address.parse(words[1]), addresses(words, 2));
      case "forward" -> table.forward(Address.parse(words[1]), addresses(words, 2));
      case "copy" -> table.forwardWithCopy(Address.parse(words[1]), addresses(words, 2));
      case "catchall" -> table.catchAll(words[1], addresses(words, 2));
      case "list" ->
          table.list(Address.parse(words[1]), Address.parse(words[2]), addresses(words, 3));
      case "refuse" -> {
        String why = String.join(" ", List.of(words).subList(2, words.length));
        table.refuse(Address.parse(words[1]), new Verdict(550, "5.2.1", why));
      }
      default -> throw new IllegalArgumentException("unknown kind of route");
    }
  }

  private static List<Address> addresses(String[] words, int from) throws SmtpSyntaxException {
    List<Address> addresses = new ArrayList<>();
    for (int i = from; i < words.length; i++) {
      addresses.add(Address.parse(words[i]));
    }
    return addresses;
  }

  private static final class Reloading implements Supplier<RoutingTable> {
    private final Path file;
    private @Nullable Stamp seen;
    private RoutingTable table = RoutingTable.EMPTY;

    private record Stamp(FileTime modified, long size, @Nullable Object key) {}

    Reloading(Path file) throws IOException {
      this.file = file;
      this.seen = stamp();
      this.table = read(file);
    }

    @Override
    public synchronized RoutingTable get() {
      Stamp now = null;
      try {
        now = stamp();
        if (!now.equals(seen)) {
          table = read(file);
        }
      } catch (IOException | IllegalArgumentException e) {
        if (now == null || !now.equals(seen)) {
          System.getLogger(RoutingFile.class.getName())
              .log(System.Logger.Level.ERROR, "the routes stay as they were: " + file, e);
        }
      }
      seen = now;
      return table;
    }

    private Stamp stamp() throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
    }
  }
}
