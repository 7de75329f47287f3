package org.posthorn.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Flags;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * Mbox files as {@link MboxTarget} and mail programs write them: one file is INBOX, in a directory
 * every {@code NAME.mbox} is the mailbox NAME. A message begins at a line {@code From } at the
 * start or after an empty line; {@code >From } is unquoted; the fields that tell of flags are taken
 * out; lines get the line ends of the network.
 */
public final class MboxSource implements MailSource {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

  /** Of a line in memory. */
  private static final int MOST_OCTETS = 64 << 10;

  private final Path root;

  /** By what is read of their names, which need not lead back to them. */
  private final Map<MailboxName, Path> files = new HashMap<>();

  /** Reads a file, or the files of a directory. */
  public MboxSource(Path root) {
    this.root = root;
  }

  @Override
  public List<MailboxRecord> mailboxes() throws IOException {
    if (Files.isRegularFile(root)) {
      files.put(MailboxName.INBOX, root);
      return List.of(MailboxRecord.named(MailboxName.INBOX, false));
    }
    List<MailboxRecord> mailboxes = new ArrayList<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        if (file.getFileName().toString().endsWith(MboxTarget.SUFFIX)) {
          MailboxName name = name(root.relativize(file));
          if (files.putIfAbsent(name, file) == null) {
            mailboxes.add(MailboxRecord.named(name, false));
          }
        }
      }
    }
    return mailboxes;
  }

  private static MailboxName name(Path file) throws IOException {
    List<String> segments = new ArrayList<>();
    for (Path segment : file) {
      segments.add(segment.toString());
    }
    String last = segments.remove(segments.size() - 1);
    segments.add(last.substring(0, last.length() - MboxTarget.SUFFIX.length()));
    try {
      return MailboxName.of(segments.stream().map(FolderNames::ofFile).toList());
    } catch (InvalidMailboxName e) {
      throw new IOException("not the name of a mailbox: " + file, e);
    }
  }

  @Override
  public void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException {
    Path file = files.get(mailbox.info().name());
    if (file == null) {
      throw new IllegalArgumentException("not of these files: " + mailbox.info().name());
    }
    Path spool = Files.createTempFile("posthorn-mbox", ".eml");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      new Reader(in, spool, visitor).run();
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  @Override
  public void close() {}

  /** Reads one file; each message passes through a file of its own. */
  private static final class Reader {
    private final InputStream in;
    private final Path spool;
    private final Visitor visitor;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Whether {@link #line} has the first and the last of its line. */
    private boolean startsLine;

    private boolean endsLine = true;

    Reader(InputStream in, Path spool, Visitor visitor) {
      this.in = in;
      this.spool = spool;
      this.visitor = visitor;
    }

    void run() throws IOException, StoreException {
      boolean more = readLine();
      while (more && !isSeparator()) {
        if (line.size() > 0) {
          throw new IOException("not an mbox file, it does not begin with From");
        }
        more = readLine();
      }
      while (more) {
        more = message(date(text()));
      }
    }

    /** From the line after the separator up to the next one; whether there is one. */
    private boolean message(@Nullable OffsetDateTime date) throws IOException, StoreException {
      Flags flags = Flags.NONE;
      boolean found = false;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool))) {
        boolean header = true;
        boolean emptyLine = false;
        boolean skipped = false;
        while (readLine()) {
          if (!startsLine) {
            if (!skipped) {
              line.writeTo(out);
              endIfWhole(out);
            }
            continue;
          }
          if (emptyLine && isSeparator()) {
            found = true;
            break;
          }
          if (emptyLine) {
            // Only now is it certain that it was not the one before a separator.
            end(out);
          }
          emptyLine = line.size() == 0;
          header = header && !emptyLine;
          if (header && endsLine && MboxFlags.isField(text())) {
            flags = MboxFlags.read(flags, text());
            skipped = true;
          } else if (!emptyLine && !(skipped && header && isContinuation())) {
            skipped = false;
            unquoted(out);
            endIfWhole(out);
          }
        }
      }
      try (MessageContent content = new FileContent(spool)) {
        visitor.message(
            new Row(0, 0, flags, content.size(), date, null, null, null, null), content);
      }
      return found;
    }

    private boolean isContinuation() {
      byte first = line.toByteArray()[0];
      return first == ' ' || first == '\t';
    }

    private void unquoted(OutputStream out) throws IOException {
      byte[] octets = line.toByteArray();
      int quotes = 0;
      while (quotes < octets.length && octets[quotes] == '>') {
        quotes++;
      }
      boolean quoted = quotes > 0 && text().startsWith("From ", quotes);
      out.write(octets, quoted ? 1 : 0, octets.length - (quoted ? 1 : 0));
    }

    private void endIfWhole(OutputStream out) throws IOException {
      if (endsLine) {
        end(out);
      }
    }

    private static void end(OutputStream out) throws IOException {
      out.write('\r');
      out.write('\n');
    }

    private boolean isSeparator() {
      return text().startsWith("From ");
    }

    private String text() {
      return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** One line without its end, or a part of a long one; false at the end of the file. */
    private boolean readLine() throws IOException {
      startsLine = endsLine;
      line.reset();
      int octet = in.read();
      if (octet < 0) {
        return false;
      }
      while (octet >= 0 && octet != '\n') {
        line.write(octet);
        // What may be the first half of a line end is not cut off from the other.
        if (line.size() >= MOST_OCTETS && (octet != '\r' || line.size() >= 2 * MOST_OCTETS)) {
          endsLine = false;
          return true;
        }
        octet = in.read();
      }
      endsLine = true;
      byte[] octets = line.toByteArray();
      if (octets.length > 0 && octets[octets.length - 1] == '\r') {
        line.reset();
        line.write(octets, 0, octets.length - 1);
      }
      return true;
    }

    /** The date that ends the separator; null when there is none that can be read. */
    private static @Nullable OffsetDateTime date(String separator) {
      String[] words = separator.strip().split(" +");
      for (int from = 1; from + 5 <= words.length; from++) {
        try {
          String date = String.join(" ", List.of(words).subList(from, from + 5));
          return LocalDateTime.parse(date, DATE).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
          // The sender's address may have spaces: the date begins further on.
        }
      }
      return null;
    }
  }
}
