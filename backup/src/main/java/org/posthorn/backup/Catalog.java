package org.posthorn.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
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

  /**
   * A mailbox and where its messages begin.
   *
   * @param mailbox with the greatest MODSEQ of all, since a message may have changed after the cut
   * @param cut the HIGHESTMODSEQ before the first message was read
   */
  private record Section(MailboxRecord mailbox, long cut, long offset) {}

  private final Path file;
  private final List<Section> sections = new ArrayList<>();
  private AccountRecord account = AccountRecord.NONE;

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
    catalog.index();
    return catalog;
  }

  /**
   * The account whose catalog a folder has.
   *
   * @throws IOException also when it is damaged
   */
  static String accountOf(Path folder) throws IOException {
    try (BufferedReader lines = new Catalog(folder.resolve(CatalogWriter.FILE)).lines(0)) {
      return new CatalogLine(lines.readLine()).text("account");
    }
  }

  private void index() throws IOException {
    try (BufferedReader lines = lines(0)) {
      String text = lines.readLine();
      CatalogLine head = new CatalogLine(text);
      if (text == null || head.number("format") != CatalogWriter.FORMAT) {
        throw new IOException("not a catalog of format " + CatalogWriter.FORMAT + ": " + file);
      }
      Counting counting = new Counting();
      counting.pass(text);
      for (text = lines.readLine(); text != null; text = lines.readLine()) {
        counting.line(text);
      }
      if (!counting.complete) {
        throw new IOException("the catalog has no end: " + file);
      }
      account = head.account(counting.elsewhere);
    } catch (IOException e) {
      throw new IOException("damaged catalog " + file + ": " + e.getMessage(), e);
    }
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

  /** What the account has besides. */
  AccountRecord account() {
    return account;
  }

  /** Whatever changed in a mailbox after this MODSEQ may be missing. */
  long cut(MailboxRecord mailbox) {
    return section(mailbox).cut();
  }

  private Section section(MailboxRecord mailbox) {
    for (Section section : sections) {
      if (section.mailbox().info().name().equals(mailbox.info().name())) {
        return section;
      }
    }
    throw new IllegalArgumentException("not of this catalog: " + mailbox.info().name());
  }

  /** The messages of a mailbox of this catalog, by UID. */
  void entries(MailboxRecord mailbox, Entries entries) throws IOException, StoreException {
    Section section = section(mailbox);
    try (BufferedReader lines = lines(section.offset())) {
      for (long left = section.mailbox().messages(); left > 0; left--) {
        entries.entry(new CatalogLine(lines.readLine()).entry());
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
    private final List<AccountRecord.Elsewhere> elsewhere = new ArrayList<>();
    private final MessageDigest digest = MessageFiles.sha256();

    /** A line that counts for where the next one begins, and for the checksum. */
    void pass(String text) {
      byte[] octets = (text + "\n").getBytes(StandardCharsets.UTF_8);
      digest.update(octets);
      offset += octets.length;
    }

    void line(String text) throws IOException {
      if (complete) {
        throw new IOException("there is more behind the end");
      }
      CatalogLine line = new CatalogLine(text);
      if (!line.has("messages")) {
        pass(text);
      }
      if (line.has("elsewhere")) {
        elsewhere.add(line.elsewhere());
      } else if (line.has("mailbox")) {
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
        // Those that were written first have no checksum.
        if (line.has("sha256")
            && !line.text("sha256").equals(HexFormat.of().formatHex(digest.digest()))) {
          throw new IOException("it is not what it was");
        }
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
                mailbox.highestModSeq(),
                start));
        open = false;
      }
    }
  }
}
