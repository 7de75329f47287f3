package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The backup that {@code serve} makes while it runs. */
final class BackupOptions {
  @Option(
      names = "--backup-to",
      paramLabel = "DIRECTORY",
      description = "Keeps a backup there up to date while the server runs.")
  @Nullable Path to;

  @Option(
      names = "--backup-every",
      paramLabel = "MINUTES",
      converter = OptionTypes.Positive.class,
      description = "How often (default: ${DEFAULT-VALUE}).")
  int minutes = 60;
}
