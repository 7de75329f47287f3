package org.posthorn.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.posthorn.store.Flags;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * Files whose names end in {@code .eml}, in the order of their names: each directory below the
 * given one is a mailbox, what lies in the given one itself goes to INBOX. Lines get the line ends
 * of the network where they lack them.
 */
public final class EmlSource implements MailSource {
  private final Path root;

  /** By what is read of their names, which need not lead back to them. */
  private final Map<MailboxName, List<Path>> folders = new LinkedHashMap<>();

  /** Reads a directory. */
  public EmlSource(Path root) {
    this.root = root;
  }

  @Override
  public List<MailboxRecord> mailboxes() throws IOException {
    List<MailboxRecord> mailboxes = new ArrayList<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path folder : found.filter(Files::isDirectory).sorted().toList()) {
        if (!files(folder).isEmpty() || !folder.equals(root)) {
          folders.computeIfAbsent(name(folder), name -> new ArrayList<>()).add(folder);
        }
      }
    }
    folders.keySet().forEach(name -> mailboxes.add(MailboxRecord.named(name, false)));
    return mailboxes;
  }

  private MailboxName name(Path folder) throws IOException {
    if (folder.equals(root)) {
      return MailboxName.INBOX;
    }
    List<String> segments = new ArrayList<>();
    for (Path segment : root.relativize(folder)) {
      segments.add(FolderNames.ofFile(segment.toString()));
    }
    try {
      return MailboxName.of(segments);
    } catch (InvalidMailboxName e) {
      throw new IOException("not the name of a mailbox: " + folder, e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(EmlTarget.SUFFIX))
          .sorted()
          .toList();
    }
  }

  @Override
  public void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders.getOrDefault(mailbox.info().name(), List.of())) {
      files.addAll(files(folder));
    }
    for (Path file : files) {
      try (MessageContent content = new CrlfContent(file)) {
        OffsetDateTime date = Files.getLastModifiedTime(file).toInstant().atOffset(ZoneOffset.UTC);
        visitor.message(
            new Row(0, 0, Flags.NONE, content.size(), date, null, null, null, null), content);
      }
    }
  }

  @Override
  public void close() {}
}
