package org.posthorn.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds lines to a file, the time in front. Whoever moves the file away finds a new one at the next
 * line. Thread-safe.
 */
final class AccessFile implements AccessLog.Lines {
  private static final Logger LOG = LoggerFactory.getLogger("posthorn.access");

  private final Path file;
  private BufferedWriter out;

  AccessFile(Path file) throws IOException {
    this.file = file;
    this.out = open(file);
  }

  private static BufferedWriter open(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A log that cannot be written is no reason to serve nobody. */
  @Override
  public synchronized void add(Instant when, String line) {
    try {
      if (!Files.exists(file)) {
        out.close();
        out = open(file);
      }
      out.write(when.truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n");
      out.flush();
    } catch (IOException e) {
      LOG.error("{} cannot be written: {}", file, line, e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
