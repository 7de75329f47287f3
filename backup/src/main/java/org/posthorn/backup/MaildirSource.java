package org.posthorn.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * A Maildir++ as {@link MaildirTarget} and mail programs write it. Lines that end as in files get
 * the line ends of the network.
 */
public final class MaildirSource implements MailSource {
  private static final int ATTEMPTS = 10;

  private final Path root;

  /** By what is read of their names, which need not lead back to them. */
  private final Map<MailboxName, Path> folders = new HashMap<>();

  /**
   * Reads a directory that has {@code cur} in it.
   *
   * @throws IOException when it is none
   */
  public MaildirSource(Path root) throws IOException {
    if (!Files.isDirectory(root.resolve("cur"))) {
      throw new IOException("not a Maildir, it has no cur: " + root);
    }
    this.root = root;
  }

  @Override
  public List<MailboxRecord> mailboxes() throws IOException {
    Path file = root.resolve("subscriptions");
    Set<String> subscribed =
        Files.exists(file)
            ? new HashSet<>(Files.readAllLines(file, StandardCharsets.UTF_8))
            : Set.of();
    List<MailboxRecord> mailboxes = new ArrayList<>();
    mailboxes.add(MailboxRecord.named(MailboxName.INBOX, subscribed.contains("INBOX")));
    folders.put(MailboxName.INBOX, root);
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.sorted().toList()) {
        String folder = entry.getFileName().toString();
        if (folder.startsWith(".") && Files.isDirectory(entry.resolve("cur"))) {
          MailboxName name = name(folder);
          if (folders.putIfAbsent(name, entry) == null) {
            mailboxes.add(MailboxRecord.named(name, subscribed.contains(folder.substring(1))));
          }
        }
      }
    }
    mailboxes.sort(Comparator.comparing(record -> record.info().name()));
    return mailboxes;
  }

  private static MailboxName name(String folder) throws IOException {
    try {
      return FolderNames.ofMaildir(folder);
    } catch (InvalidMailboxName e) {
      throw new IOException("not the name of a mailbox: " + folder, e);
    }
  }

  @Override
  public void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException {
    Path folder = folders.get(mailbox.info().name());
    if (folder == null) {
      throw new IllegalArgumentException("not of this Maildir: " + mailbox.info().name());
    }
    MaildirFlags flags = MaildirFlags.read(folder);
    List<Path> files = new ArrayList<>();
    for (String part : List.of("cur", "new")) {
      if (Files.isDirectory(folder.resolve(part))) {
        try (Stream<Path> entries = Files.list(folder.resolve(part))) {
          entries.filter(Files::isRegularFile).forEach(files::add);
        }
      }
    }
    files.sort(Comparator.comparing(MaildirSource::arrival).thenComparing(Path::getFileName));
    for (Path file : files) {
      message(file, flags, visitor);
    }
  }

  /** A program that uses the Maildir meanwhile moves files, or removes them. */
  private static void message(Path listed, MaildirFlags flags, Visitor visitor)
      throws IOException, StoreException {
    Optional<Path> found = Optional.of(listed);
    for (int attempt = 0; attempt < ATTEMPTS && found.isPresent(); attempt++) {
      Path file = found.get();
      Instant date;
      CrlfContent opened;
      try {
        date = Files.getLastModifiedTime(file).toInstant();
        opened = new CrlfContent(file);
      } catch (NoSuchFileException e) {
        found = moved(listed);
        continue;
      }
      try (MessageContent content = opened) {
        visitor.message(
            new Row(
                0,
                0,
                flags.of(file.getFileName().toString()),
                content.size(),
                OffsetDateTime.ofInstant(date, ZoneOffset.UTC),
                null,
                null,
                null,
                null),
            content);
      }
      return;
    }
  }

  /** The same message under its name of now; empty when it is gone. */
  private static Optional<Path> moved(Path file) throws IOException {
    String unique = unique(file);
    Path folder = file.resolveSibling("..").normalize();
    for (String part : List.of("cur", "new")) {
      if (!Files.isDirectory(folder.resolve(part))) {
        continue;
      }
      try (Stream<Path> entries = Files.list(folder.resolve(part))) {
        Optional<Path> found = entries.filter(entry -> unique(entry).equals(unique)).findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String unique(Path file) {
    String name = file.getFileName().toString();
    int info = name.indexOf(':');
    return info < 0 ? name : name.substring(0, info);
  }

  /** Names begin with the second of delivery. */
  private static long arrival(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    try {
      return Long.parseLong(dot < 0 ? name : name.substring(0, dot));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void close() {}
}
