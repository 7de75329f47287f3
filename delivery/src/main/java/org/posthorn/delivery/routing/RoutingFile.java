package org.posthorn.delivery.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.posthorn.delivery.text.ReloadedFile;
import org.posthorn.delivery.text.TextLines;
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
    for (TextLines.Line line : TextLines.of(text)) {
      try {
        add(table, line.text().split("\\s+"));
      } catch (SmtpSyntaxException | IllegalArgumentException e) {
        throw line.wrong(e);
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
    return ReloadedFile.of(file, RoutingFile::parse);
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
}
