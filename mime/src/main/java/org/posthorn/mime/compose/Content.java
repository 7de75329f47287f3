package org.posthorn.mime.compose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.posthorn.mime.Octets;

/**
 * Octets that can be read from their begin any number of times, each time the same. Nothing is held
 * in memory that the implementation does not hold.
 */
@FunctionalInterface
public interface Content {

  /** A new stream over the octets; it is closed by who asked for it. */
  InputStream open() throws IOException;

  /** Octets in memory. */
  static Content of(Octets octets) {
    return () -> new ByteArrayInputStream(octets.toByteArray());
  }

  /** Octets in memory. The array is not copied and must not be changed afterwards. */
  static Content of(byte[] octets) {
    return () -> new ByteArrayInputStream(octets);
  }

  /** A file, opened whenever the content is written. */
  static Content of(Path file) {
    return () -> Files.newInputStream(file);
  }

  /** A text in UTF-8 with its line ends, of whatever kind, made CRLF. */
  static Content of(String text) {
    return of(text.replaceAll("\r\n|\r|\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
