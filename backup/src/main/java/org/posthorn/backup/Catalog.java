package org.posthorn.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/**
 * The catalog of an account, opened: all mailboxes in memory, the messages of each read when they
 * are asked for.
 */
final class Catalog {
  /** Takes the messages of a mailbox. */
  interface Entries {
    void entry(Entry entry) throws IOException, StoreException;
  }

  private record Section(MailboxRecord mailbox, long offset) {}

  private final Path file;
  private final List<Section> sections = new ArrayList<>();

  private Catalog(Path file) {
    this.file = file;
  }

  static boolean existsIn(Path folder) {
    return Files.exists(folder.resolve(CatalogWriter.FILE));
  }

  /**
   * Reads it once from beginning to end.
   *
   * @throws IOException also when it is damaged or does not end as it should
   */
  static Catalog open(Path folder) throws IOException {
    Catalog catalog = new Catalog(folder.resolve(CatalogWriter.FILE));
    try {
      catalog.index();
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged catalog " + catalog.file + ": " + e.getMessage(), e);
    }
    return catalog;
  }

  private void index() throws IOException {
    try (BufferedReader lines = lines(0)) {
      String head = lines.readLine();
      if (head == null || new CatalogLine(head).number("format") != CatalogWriter.FORMAT) {
        throw new IOException("not a catalog of format " + CatalogWriter.FORMAT + ": " + file);
      }
      Counting counting = new Counting(octets(head));
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        counting.line(text);
      }
      if (!counting.complete) {
        throw new IOException("the catalog has no end: " + file);
      }
    }
  }

  private static long octets(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1L;
  }

  private BufferedReader lines(long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    channel.position(offset);
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  List<MailboxRecord> mailboxes() {
    return sections.stream().map(Section::mailbox).toList();
  }

  /** The messages of a mailbox of this catalog, by UID. */
  void entries(MailboxRecord mailbox, Entries entries) throws IOException, StoreException {
    for (Section section : sections) {
      if (section.mailbox().info().name().equals(mailbox.info().name())) {
        try (BufferedReader lines = lines(section.offset())) {
          for (long left = section.mailbox().messages(); left > 0; left--) {
            entries.entry(new CatalogLine(lines.readLine()).entry());
          }
        }
        return;
      }
    }
  }

  /** Goes through the lines and knows how far it is. */
  private final class Counting {
    private long offset;
    private MailboxRecord mailbox = MailboxRecord.named(MailboxName.INBOX, false);
    private long start;
    private long messages;
    private long highestModSeq;
    private long allMessages;
    private boolean open;
    private boolean complete;

    Counting(long offset) {
      this.offset = offset;
    }

    void line(String text) throws IOException {
      CatalogLine line = new CatalogLine(text);
      offset += octets(text);
      if (line.has("mailbox")) {
        endMailbox();
        mailbox = line.mailbox();
        start = offset;
        messages = 0;
        highestModSeq = mailbox.highestModSeq();
        open = true;
      } else if (line.has("uid")) {
        messages++;
        highestModSeq = Math.max(highestModSeq, line.number("modSeq"));
      } else {
        endMailbox();
        complete =
            line.number("mailboxes") == sections.size() && line.number("messages") == allMessages;
      }
    }

    private void endMailbox() {
      if (open) {
        allMessages += messages;
        sections.add(
            new Section(
                new MailboxRecord(
                    mailbox.info(),
                    mailbox.uidNext(),
                    highestModSeq,
                    messages,
                    mailbox.acl(),
                    mailbox.metadata()),
                start));
        open = false;
      }
    }
  }
}
