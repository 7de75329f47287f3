package org.posthorn.integration;

import java.nio.file.Path;

/** Where the project's files are. */
final class Repository {
  static final Path ROOT =
      Path.of(System.getProperty("posthorn.repository", "..")).toAbsolutePath().normalize();

  private Repository() {}
}
