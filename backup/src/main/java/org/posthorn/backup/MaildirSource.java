package org.posthorn.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
  private final Path root;

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
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.sorted().toList()) {
        String folder = entry.getFileName().toString();
        if (folder.startsWith(".") && Files.isDirectory(entry.resolve("cur"))) {
          mailboxes.add(
              MailboxRecord.named(name(folder), subscribed.contains(folder.substring(1))));
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
    Path folder = root.resolve(FolderNames.maildir(mailbox.info().name()));
    MaildirFlags flags = MaildirFlags.read(folder);
    List<Path> files = new ArrayList<>();
    for (String part : List.of("cur", "new")) {
      try (Stream<Path> entries = Files.list(folder.resolve(part))) {
        entries.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    files.sort(Comparator.comparing(MaildirSource::arrival).thenComparing(Path::getFileName));
    for (Path file : files) {
      Instant date = Files.getLastModifiedTime(file).toInstant();
      try (MessageContent content = new CrlfContent(file)) {
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
    }
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
