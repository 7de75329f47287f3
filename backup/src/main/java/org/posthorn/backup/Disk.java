package org.posthorn.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** What is to survive a loss of power. */
final class Disk {
  private Disk() {}

  /** The names in a directory are on the disk; nothing where directories cannot be opened. */
  static void force(@Nullable Path directory) throws IOException {
    if (directory != null
        && directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
