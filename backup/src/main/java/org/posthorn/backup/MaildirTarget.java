package org.posthorn.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * A Maildir++: INBOX is the directory itself, {@code A/B} its subdirectory {@code .A.B}. Lines end
 * as they do in files; keywords become letters that {@code dovecot-keywords} explains, as far as
 * letters go; the internal date becomes the file's time, subscriptions the file {@code
 * subscriptions}.
 */
public final class MaildirTarget implements MailTarget {
  private final Path root;
  private final List<String> subscriptions = new ArrayList<>();
  private long count;

  /** The directory is made when it is missing; messages that are there stay. */
  public MaildirTarget(Path root) {
    this.root = root;
  }

  @Override
  public Box begin(MailboxRecord mailbox) throws IOException {
    if (mailbox.info().subscribed()) {
      String folder = FolderNames.maildir(mailbox.info().name());
      subscriptions.add(folder.isEmpty() ? "INBOX" : folder.substring(1));
    }
    return new Folder(root.resolve(FolderNames.maildir(mailbox.info().name())));
  }

  @Override
  public void finish() throws IOException {
    if (!subscriptions.isEmpty()) {
      Files.write(root.resolve("subscriptions"), subscriptions, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {}

  private final class Folder implements Box {
    private final Path folder;
    private final MaildirFlags flags;

    Folder(Path folder) throws IOException {
      this.folder = folder;
      for (String part : List.of("cur", "new", "tmp")) {
        Files.createDirectories(folder.resolve(part));
      }
      flags = MaildirFlags.read(folder);
    }

    @Override
    public void message(Row row, MessageContent content) throws IOException, StoreException {
      Instant date = row.internalDate() == null ? Instant.now() : row.internalDate().toInstant();
      String name = date.getEpochSecond() + "." + unique(row) + ".posthorn";
      Path staged = folder.resolve("tmp").resolve(name);
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(staged))) {
        LineEnds.ToLf lines = new LineEnds.ToLf(file);
        Contents.copy(content, lines);
        lines.end();
      }
      Files.setLastModifiedTime(staged, FileTime.from(date));
      Files.move(
          staged,
          folder
              .resolve("cur")
              .resolve(name + ",S=" + Files.size(staged) + flags.suffix(row.flags())),
          StandardCopyOption.ATOMIC_MOVE);
    }

    private String unique(Row row) {
      return "M"
          + Long.toString(System.nanoTime(), Character.MAX_RADIX)
          + "Q"
          + ++count
          + "U"
          + row.uid();
    }

    @Override
    public void end() throws IOException {
      flags.write();
    }

    @Override
    public void close() {}
  }
}
