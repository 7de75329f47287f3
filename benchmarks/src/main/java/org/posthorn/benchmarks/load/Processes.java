package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process and all its descendants, as Linux' {@code /proc} tells. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private final long root;

  Processes(long root) {
    this.root = root;
  }

  /** A process that ended meanwhile has no file any more. */
  private static @Nullable String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      if (Files.exists(file)) { // ESRCH: it ended between open and read
        throw e;
      }
      return null;
    }
  }

  /** The fields of /proc/PID/stat from the third on, which is behind the name in brackets. */
  private static String @Nullable [] stat(Path process) throws IOException {
    String text = read(process.resolve("stat"));
    return text == null ? null : text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** Root first. */
  private List<Path> all() throws IOException {
    Map<Long, List<Long>> children = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        String[] stat = stat(entry);
        if (stat != null) {
          long pid = Long.parseLong(entry.getFileName().toString());
          children.computeIfAbsent(Long.valueOf(stat[1]), p -> new ArrayList<>()).add(pid);
        }
      }
    }
    List<Long> found = new ArrayList<>(List.of(root));
    for (int i = 0; i < found.size(); i++) {
      found.addAll(children.getOrDefault(found.get(i), List.of()));
    }
    List<Path> paths = new ArrayList<>();
    found.forEach(pid -> paths.add(PROC.resolve(String.valueOf(pid))));
    return paths;
  }

  /**
   * Clock ticks of user and system time, those of ended and awaited children included.
   *
   * @throws IllegalStateException when the root does not run
   */
  long ticks() throws IOException {
    long ticks = 0;
    boolean rootSeen = false;
    for (Path process : all()) {
      String[] stat = stat(process);
      if (stat == null) {
        continue;
      }
      rootSeen = true;
      for (int field = 11; field < 15; field++) {
        ticks += Long.parseLong(stat[field]);
      }
    }
    if (!rootSeen) {
      throw new IllegalStateException("no process " + root);
    }
    return ticks;
  }

  /** Nanoseconds on a processor of each thread that lives, by its path. */
  Map<Path, Long> threadNanos() throws IOException {
    Map<Path, Long> nanos = new HashMap<>();
    for (Path process : all()) {
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
        for (Path thread : threads) {
          String schedstat = read(thread.resolve("schedstat"));
          if (schedstat != null) {
            nanos.put(thread, Long.valueOf(schedstat.substring(0, schedstat.indexOf(' '))));
          }
        }
      } catch (NoSuchFileException e) {
        nanos.keySet().removeIf(thread -> thread.startsWith(process)); // it ended meanwhile
      }
    }
    return nanos;
  }

  /** Proportional resident memory in octets. */
  long resident() throws IOException {
    long sum = 0;
    for (Path process : all()) {
      String rollup = read(process.resolve("smaps_rollup"));
      if (rollup != null) {
        int at = rollup.indexOf("\nPss:") + 5;
        sum += Long.parseLong(rollup.substring(at, rollup.indexOf("kB", at)).trim()) << 10;
      }
    }
    return sum;
  }
}
