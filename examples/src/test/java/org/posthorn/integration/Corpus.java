package org.posthorn.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Real mail outside the project: messages in files, and mboxrd files. */
final class Corpus {
  private static final String MBOX = ".mbox";
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

  private final Path folder;

  private Corpus(Path folder) {
    this.folder = folder;
  }

  /**
   * Where {@code POSTHORN_CORPUS} says, or beside the repository.
   *
   * @throws IllegalStateException when it is not where the variable says
   */
  static Optional<Corpus> find() {
    String named = System.getenv("POSTHORN_CORPUS");
    if (named != null && !named.isEmpty()) {
      Path folder = Repository.ROOT.resolve(named);
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("POSTHORN_CORPUS names no folder: " + folder);
      }
      return Optional.of(new Corpus(folder));
    }
    Path beside = Repository.ROOT.resolve("../shared/corpus").normalize();
    return Files.isDirectory(beside) ? Optional.of(new Corpus(beside)) : Optional.empty();
  }

  /** All that is odd or malformed, one message in a file. */
  List<Path> difficult() throws IOException {
    return Stream.concat(files("odd", "").stream(), files("malformed", "").stream()).toList();
  }

  /** Files of many messages. */
  List<Path> mailboxes() throws IOException {
    return files("", MBOX);
  }

  List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(difficult());
    all.addAll(files("dkim", ""));
    all.addAll(mailboxes());
    return all;
  }

  private List<Path> files(String below, String end) throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve(below))) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  /** Gives the messages of a file, one after the other. */
  void read(Path file, Consumer<Mail> each) throws IOException {
    String name = folder.relativize(file).toString();
    byte[] octets = Files.readAllBytes(file);
    if (name.endsWith(MBOX)) {
      split(name, octets, each);
    } else {
      each.accept(Mail.of(name, octets));
    }
  }

  /** As mboxrd: {@code >From } loses one {@code >}, the blank line before {@code From } goes. */
  private static void split(String name, byte[] mbox, Consumer<Mail> each) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int number = 0;
    boolean started = false;
    for (int at = 0; at < mbox.length; at = lineEnd(mbox, at)) {
      if (begins(mbox, at)) {
        if (started) {
          number++;
          each.accept(Mail.of(name + "#" + number, withoutBlankLine(message.toByteArray())));
        }
        started = true;
        message.reset();
        continue;
      }
      int quotes = at;
      while (quotes < mbox.length && mbox[quotes] == '>') {
        quotes++;
      }
      int from = quotes > at && begins(mbox, quotes) ? at + 1 : at;
      message.write(mbox, from, lineEnd(mbox, at) - from);
    }
    if (started) {
      each.accept(Mail.of(name + "#" + (number + 1), withoutBlankLine(message.toByteArray())));
    }
  }

  private static byte[] withoutBlankLine(byte[] message) {
    int end = message.length;
    boolean blank = end > 1 && message[end - 1] == '\n' && message[end - 2] == '\n';
    return Arrays.copyOf(message, blank ? end - 1 : end);
  }

  private static boolean begins(byte[] octets, int at) {
    return at + FROM.length <= octets.length
        && Arrays.equals(octets, at, at + FROM.length, FROM, 0, FROM.length);
  }

  private static int lineEnd(byte[] octets, int at) {
    int end = at;
    while (end < octets.length && octets[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, octets.length);
  }
}
