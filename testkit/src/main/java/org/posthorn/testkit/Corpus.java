package org.posthorn.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthorn.mime.Octets;

/**
 * Real mail, for tests that are skipped where it is not: in the folder that the environment
 * variable {@code POSTHORN_CORPUS} names, else in {@code ../shared/corpus} beside the project.
 */
public final class Corpus {

  private Corpus() {}

  /** A message with the file, and the number in it, where it is found. */
  public record Message(String name, Octets content) {

    /** Exactly as it was found. */
    public byte[] octets() {
      return content.toByteArray();
    }

    /** The message as it travels: every line end CRLF, one at the end. */
    public byte[] lines() {
      byte[] octets = octets();
      ByteArrayOutputStream lines = new ByteArrayOutputStream(octets.length + 100);
      for (int i = 0; i < octets.length; i++) {
        boolean pair = octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
        if (octets[i] == '\r' || octets[i] == '\n') {
          lines.write('\r');
          lines.write('\n');
          i += pair ? 1 : 0;
        } else {
          lines.write(octets[i]);
        }
      }
      int last = octets.length - 1;
      if (last >= 0 && octets[last] != '\n' && octets[last] != '\r') {
        lines.write('\r');
        lines.write('\n');
      }
      return lines.toByteArray();
    }
  }

  /** Whether there is a corpus here. */
  public static boolean isPresent() {
    return Files.isDirectory(root());
  }

  /** For the reason of a skipped test. */
  public static final String ABSENT = "no mail corpus here: set POSTHORN_CORPUS to its folder";

  private static Path root() {
    String configured = System.getenv("POSTHORN_CORPUS");
    if (configured != null) {
      return Path.of(configured);
    }
    Path project = Path.of("").toAbsolutePath();
    while (project.getParent() != null && Files.exists(project.resolveSibling("pom.xml"))) {
      project = project.getParent();
    }
    return project.resolveSibling("shared").resolve("corpus");
  }

  /**
   * Every {@code step}th message, one after the other, always the same ones.
   *
   * @throws UncheckedIOException if the corpus cannot be read
   */
  public static void forEach(int step, Consumer<Message> action) {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root())) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int[] count = {0};
    for (Path file : files) {
      for (Message message : messages(file)) {
        if (count[0]++ % step == 0) {
          action.accept(message);
        }
      }
    }
  }

  private static List<Message> messages(Path file) {
    String name = root().relativize(file).toString();
    try {
      if (name.endsWith(".mbox")) {
        return split(name, Files.readAllBytes(file));
      }
      boolean single =
          name.startsWith("odd/") || name.startsWith("malformed/") || name.startsWith("dkim/");
      return single ? List.of(new Message(name, Octets.of(Files.readAllBytes(file)))) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of an mboxrd file: without the From lines, one level of quoting taken off. */
  private static List<Message> split(String name, byte[] mbox) {
    List<Message> messages = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean afterBlank = true;
    for (int at = 0, end; at < mbox.length; at = end) {
      end = lineEnd(mbox, at);
      int quotes = 0;
      while (mbox[at + quotes] == '>') {
        quotes++;
      }
      boolean from = startsWithFrom(mbox, at + quotes, end);
      if (from && quotes == 0 && afterBlank) {
        finish(name, message, messages);
      } else {
        int skip = from && quotes > 0 ? 1 : 0;
        message.write(mbox, at + skip, end - at - skip);
      }
      afterBlank = end - at == 1;
    }
    finish(name, message, messages);
    return messages;
  }

  private static int lineEnd(byte[] mbox, int at) {
    int end = at;
    while (end < mbox.length && mbox[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, mbox.length);
  }

  private static void finish(String name, ByteArrayOutputStream message, List<Message> messages) {
    if (message.size() > 0) {
      byte[] withBlank = message.toByteArray();
      byte[] octets = Arrays.copyOf(withBlank, withBlank.length - 1);
      messages.add(new Message(name + "#" + (messages.size() + 1), Octets.of(octets)));
      message.reset();
    }
  }

  private static boolean startsWithFrom(byte[] mbox, int at, int end) {
    byte[] from = {'F', 'r', 'o', 'm', ' '};
    return end - at >= from.length
        && Arrays.equals(mbox, at, at + from.length, from, 0, from.length);
  }
}
