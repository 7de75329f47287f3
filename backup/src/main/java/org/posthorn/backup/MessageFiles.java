package org.posthorn.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * The messages of one mailbox in a backup: the folder of a Maildir++, octet by octet as they are in
 * the store. A message is named by UIDVALIDITY and UID; the flags behind the name are for other
 * readers of the Maildir, the catalog has them too.
 */
final class MessageFiles {
  private static final String MAIL = "mail";
  private static final String TEMPORARY = "tmp";
  private static final int CHUNK = 64 << 10;

  private final Path account;
  private final Path folder;
  private final MaildirFlags letters;
  private final Map<String, Path> present = new HashMap<>();
  private boolean written;

  private MessageFiles(Path account, Path folder) throws IOException {
    this.account = account;
    this.folder = folder;
    this.letters = MaildirFlags.read(folder);
    Path cur = folder.resolve("cur");
    if (Files.isDirectory(cur)) {
      try (Stream<Path> files = Files.list(cur)) {
        files.forEach(file -> present.put(base(file), file));
      }
    }
  }

  private static String base(Path file) {
    String name = file.getFileName().toString();
    int info = name.indexOf(':');
    return info < 0 ? name : name.substring(0, info);
  }

  /** What is there; nothing is made. */
  static MessageFiles of(Path account, MailboxName mailbox) throws IOException {
    return new MessageFiles(account, account.resolve(MAIL).resolve(FolderNames.maildir(mailbox)));
  }

  /** All files of an account's messages. */
  static List<Path> all(Path account) throws IOException {
    Path mail = account.resolve(MAIL);
    if (!Files.isDirectory(mail)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(mail)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !isOurs(file.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isOurs(String name) {
    return name.equals(MaildirFlags.FILE);
  }

  /** Makes the folder and clears away what an earlier run did not end. */
  MessageFiles prepare() throws IOException {
    for (String part : new String[] {"cur", "new", TEMPORARY}) {
      Files.createDirectories(folder.resolve(part));
    }
    try (Stream<Path> files = Files.list(folder.resolve(TEMPORARY))) {
      files.forEach(MessageFiles::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return this;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a message, null when it is missing. */
  @Nullable Path find(Entry entry) {
    String file = entry.file();
    return present.get(file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
  }

  /** What is wrong with the file of a message, one sentence; null when it is what it was. */
  @Nullable String problem(Entry entry) throws IOException {
    Path file = find(entry);
    if (file == null) {
      return "missing: " + entry.file();
    }
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    long size = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
        digest.update(buffer.flip());
        buffer.clear();
        size += n;
      }
    }
    if (size != entry.row().size()) {
      return "not as long as it was: " + entry.file();
    }
    return HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())
        ? null
        : "not what it was: " + entry.file();
  }

  /** Writes a message so that it is on the disk. */
  Entry write(Row row, long uidValidity, MessageContent content)
      throws IOException, StoreException {
    String name = uidValidity + "." + row.uid() + ".posthorn";
    Path staged = folder.resolve(TEMPORARY).resolve(name);
    MessageDigest digest = sha256();
    try (FileChannel channel =
        FileChannel.open(
            staged,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
      Contents.copy(content, out);
      channel.force(true);
    }
    Path file = folder.resolve("cur").resolve(name + letters.suffix(row.flags()));
    Path before = present.put(name, file);
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (before != null && !before.equals(file)) {
      Files.deleteIfExists(before);
    }
    written = true;
    return new Entry(row, relative(file, name), HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Takes over a message that an earlier backup has, maybe in another folder.
   *
   * @param from the files of that backup's mailbox
   * @return empty when its file is gone
   */
  @Nullable Entry keep(Entry entry, Row row, MessageFiles from) throws IOException {
    Path old = from.find(entry);
    if (old == null) {
      return null;
    }
    String name = base(old);
    Path file = folder.resolve("cur").resolve(name + letters.suffix(row.flags()));
    if (!old.equals(file)) {
      if (from.folder.equals(folder)) {
        Files.move(old, file, StandardCopyOption.ATOMIC_MOVE);
      } else if (!Files.exists(file)) {
        // The old one goes when the new catalog is there.
        Files.createLink(file, old);
        written = true;
      }
    }
    present.put(name, file);
    return new Entry(row, relative(file, name), entry.sha256());
  }

  private String relative(Path file, String name) {
    return slashes(account.relativize(file.resolveSibling(name)));
  }

  /** A relative path as a catalog has it. */
  static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /** Keeps what the letters mean, and the names of new files. */
  void finish() throws IOException {
    letters.write();
    if (written) {
      Disk.force(folder.resolve("cur"));
      Disk.force(folder);
      Disk.force(account.resolve(MAIL));
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
