package org.posthorn.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real mail that tests run over where it is present: {@code POSTHORN_CORPUS}, else {@code
 * ../shared/corpus}.
 */
public final class Corpus {

  /** A message with a name to find it again. */
  public record Message(String name, Octets content) {

    public byte[] octets() {
      return content.toByteArray();
    }
  }

  private Corpus() {}

  public static boolean isPresent() {
    return Files.isDirectory(root());
  }

  public static Path root() {
    String configured = System.getenv("POSTHORN_CORPUS");
    if (configured != null) {
      return Path.of(configured);
    }
    Path here = Path.of("").toAbsolutePath();
    Path project = Files.isDirectory(here.resolve("mime")) ? here : here.getParent();
    return project.resolveSibling("shared").resolve("corpus");
  }

  public static List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(file, messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  private static void add(Path file, List<Message> messages) throws IOException {
    String name = root().relativize(file).toString();
    if (name.endsWith(".mbox")) {
      List<byte[]> split = splitMbox(Files.readAllBytes(file));
      for (int i = 0; i < split.size(); i++) {
        messages.add(new Message(name + "#" + (i + 1), Octets.of(split.get(i))));
      }
    } else if (name.startsWith("odd/")
        || name.startsWith("malformed/")
        || name.startsWith("dkim/")) {
      messages.add(new Message(name, Octets.of(Files.readAllBytes(file))));
    }
  }

  /** The messages of an mboxrd file, without their From lines and quoting. */
  private static List<byte[]> splitMbox(byte[] mbox) {
    List<byte[]> messages = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean afterBlank = true;
    boolean started = false;
    for (int at = 0; at < mbox.length; ) {
      int end = at;
      while (end < mbox.length && mbox[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, mbox.length);
      int quotes = 0;
      while (at + quotes < end && mbox[at + quotes] == '>') {
        quotes++;
      }
      boolean from = startsWithFrom(mbox, at + quotes, end);
      if (from && quotes == 0 && afterBlank) {
        if (started) {
          messages.add(withoutLastLine(message));
        }
        message.reset();
        started = true;
      } else {
        int skip = from && quotes > 0 ? 1 : 0;
        message.write(mbox, at + skip, end - at - skip);
      }
      afterBlank = end - at == 1;
      at = end;
    }
    messages.add(withoutLastLine(message));
    return messages;
  }

  private static byte[] withoutLastLine(ByteArrayOutputStream message) {
    byte[] octets = message.toByteArray();
    return octets.length == 0 ? octets : Arrays.copyOf(octets, octets.length - 1);
  }

  private static boolean startsWithFrom(byte[] mbox, int at, int end) {
    return end - at >= 5
        && mbox[at] == 'F'
        && mbox[at + 1] == 'r'
        && mbox[at + 2] == 'o'
        && mbox[at + 3] == 'm'
        && mbox[at + 4] == ' ';
  }
}
