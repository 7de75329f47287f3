package org.posthorn.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * One file {@code NUMBER.eml} for each message, octet by octet, in a directory for each mailbox,
 * the internal date as the file's time. Flags are not kept.
 */
public final class EmlTarget implements MailTarget {
  static final String SUFFIX = ".eml";

  private final Path root;

  /** The directory is made when it is missing. */
  public EmlTarget(Path root) {
    this.root = root;
  }

  @Override
  public Box begin(MailboxRecord mailbox) throws IOException {
    Path folder = FolderNames.path(root, mailbox.info().name());
    Files.createDirectories(folder);
    return new Folder(folder);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}

  private static final class Folder implements Box {
    private final Path folder;
    private long count;

    Folder(Path folder) {
      this.folder = folder;
    }

    @Override
    public void message(Row row, MessageContent content) throws IOException, StoreException {
      count++;
      long number = row.uid() > 0 ? row.uid() : count;
      Path file = folder.resolve(String.format(Locale.ROOT, "%010d%s", number, SUFFIX));
      try (OutputStream out = Files.newOutputStream(file)) {
        Contents.copy(content, out);
      }
      if (row.internalDate() != null) {
        Files.setLastModifiedTime(file, FileTime.from(row.internalDate().toInstant()));
      }
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
  }
}
