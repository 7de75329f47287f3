package org.posthorn.delivery.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a text file says, read again when the file has changed. What cannot be read or is wrong is
 * told to the log, and what it said before stays. Thread-safe.
 *
 * @param <T> what the text means
 */
public final class ReloadedFile<T> implements Supplier<T> {
  private static final System.Logger LOG = System.getLogger(ReloadedFile.class.getName());

  private final Path file;
  private final Function<String, T> parser;
  private final T absent;
  private @Nullable Stamp seen;
  private T value;

  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  private ReloadedFile(Path file, Function<String, T> parser, T absent) {
    this.file = file;
    this.parser = parser;
    this.absent = absent;
    this.value = absent;
  }

  /**
   * A file that must be there and right now.
   *
   * @param parser throws IllegalArgumentException for text that is wrong
   */
  public static <T> ReloadedFile<T> of(Path file, Function<String, T> parser) throws IOException {
    Stamp stamp = stamp(file);
    ReloadedFile<T> reloaded =
        new ReloadedFile<>(file, parser, parser.apply(Files.readString(file)));
    reloaded.seen = stamp;
    return reloaded;
  }

  /**
   * A file that may come and go.
   *
   * @param absent what is meant without it, and until it is right for the first time
   */
  public static <T> ReloadedFile<T> optional(Path file, Function<String, T> parser, T absent) {
    return new ReloadedFile<>(file, parser, absent);
  }

  @Override
  public synchronized T get() {
    Stamp now = null;
    try {
      now = stamp(file);
      if (!now.equals(seen)) {
        value = parser.apply(Files.readString(file));
      }
    } catch (NoSuchFileException e) {
      value = absent;
    } catch (IOException | IllegalArgumentException e) {
      if (now == null || !now.equals(seen)) {
        LOG.log(System.Logger.Level.ERROR, "what it said before stays: " + file, e);
      }
    }
    seen = now;
    return value;
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
  }
}
