package org.posthorn.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Keeps a second server away from a mail directory: what one process caches another would not see
 * change. The operating system drops the lock when the process dies.
 */
public final class DirectoryLock implements AutoCloseable {
  public static final String FILE = "lock";
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates the directory where it is missing and takes the lock.
   *
   * @throws StoreException IN_USE when somebody has it; READ_ONLY, UNAVAILABLE when the directory
   *     is of no use
   */
  public static DirectoryLock take(Path directory) throws StoreException {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel) == null) {
          throw new StoreException(
              Code.IN_USE, "the mail directory is in use by another server: " + directory);
        }
      } catch (IOException | StoreException e) {
        channel.close();
        throw e;
      }
      return new DirectoryLock(channel);
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw unusable(directory, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static StoreException unusable(Path directory, Exception why) {
    boolean readOnly =
        why instanceof AccessDeniedException
            || why instanceof ReadOnlyFileSystemException
            || (why instanceof FileSystemException f
                && "Read-only file system".equals(f.getReason()));
    return readOnly
        ? new StoreException(
            Code.READ_ONLY, "the mail directory cannot be written to: " + directory, why)
        : new StoreException(
            Code.UNAVAILABLE, "the mail directory cannot be used: " + directory, why);
  }

  @Override
  public void close() throws StoreException {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(Code.UNAVAILABLE, "the mail directory cannot be released", e);
    }
  }
}
