package org.posthorn.delivery.journal;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * A map from texts to numbers that is held in memory and written to a file change by change; a
 * change is on disk when its method returns. A line that a crash has cut off is passed over. The
 * file is written anew when most of it is out of date. For up to some hundred thousand keys.
 * Thread-safe; one process at a time.
 */
public final class JournalMap implements AutoCloseable {
  private static final int SLACK = 1_000;

  private final Path file;
  private final FileChannel lock;
  private final Map<String, Long> values = new HashMap<>();
  private @Nullable FileChannel journal;
  private int lines;

  private JournalMap(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Opens a file, which need not be there yet.
   *
   * @throws StoreException IN_USE when somebody else has it open; UNAVAILABLE
   */
  public static JournalMap open(Path file) throws StoreException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel lock = lock(file);
      JournalMap map = new JournalMap(file, lock);
      try {
        map.load();
        map.rewrite();
      } catch (IOException e) {
        lock.close();
        throw e;
      }
      return map;
    } catch (IOException e) {
      throw failure("cannot be opened", e);
    }
  }

  private static FileChannel lock(Path file) throws IOException, StoreException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      held = null;
    } finally {
      if (held == null) {
        channel.close();
      }
    }
    if (held == null) {
      throw new StoreException(Code.IN_USE, "somebody else has " + file.getFileName() + " open");
    }
    return channel;
  }

  private void load() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    int end = text.lastIndexOf('\n') + 1;
    text.substring(0, end).lines().forEach(this::follow);
  }

  private void follow(String line) {
    int space = line.indexOf(' ');
    String key = URLDecoder.decode(line.substring(space + 1), StandardCharsets.UTF_8);
    if (space == 1 && line.charAt(0) == '-') {
      values.remove(key);
    } else {
      values.put(key, Long.parseLong(line.substring(0, space)));
    }
  }

  public synchronized OptionalLong get(String key) {
    Long value = values.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public synchronized int size() {
    return values.size();
  }

  /** Sets a value. */
  public synchronized void put(String key, long value) throws StoreException {
    append(line(key, value));
    values.put(key, value);
    tidy();
  }

  /** Removes what passes; one change for all of it. */
  public synchronized void removeIf(BiPredicate<String, Long> test) throws StoreException {
    StringBuilder removed = new StringBuilder();
    Map<String, Long> kept = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (test.test(key, value)) {
            removed.append("- ").append(encoded(key)).append('\n');
          } else {
            kept.put(key, value);
          }
        });
    if (!removed.isEmpty()) {
      append(removed.toString());
      values.keySet().retainAll(kept.keySet());
      tidy();
    }
  }

  private void append(String text) throws StoreException {
    FileChannel channel = journal;
    if (channel == null) {
      throw new StoreException(Code.UNAVAILABLE, file.getFileName() + " is closed");
    }
    try {
      write(channel, text);
    } catch (IOException e) {
      throw failure("cannot be written", e);
    }
    lines += (int) text.chars().filter(c -> c == '\n').count();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
    channel.force(false);
  }

  private void tidy() throws StoreException {
    if (lines > 2 * values.size() + SLACK) {
      try {
        rewrite();
      } catch (IOException e) {
        throw failure("cannot be written", e);
      }
    }
  }

  private void rewrite() throws IOException {
    StringBuilder all = new StringBuilder();
    values.forEach((key, value) -> all.append(line(key, value)));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      write(channel, all.toString());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    FileChannel old = journal;
    journal = channel;
    lines = values.size();
    if (old != null) {
      old.close();
    }
  }

  private static String line(String key, long value) {
    return value + " " + encoded(key) + "\n";
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  private static StoreException failure(String what, IOException why) {
    return new StoreException(Code.UNAVAILABLE, "a journal " + what, why);
  }

  @Override
  public synchronized void close() throws StoreException {
    try {
      FileChannel channel = journal;
      journal = null;
      if (channel != null) {
        channel.close();
      }
      lock.close();
    } catch (IOException e) {
      throw failure("cannot be closed", e);
    }
  }
}
