package org.posthorn.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * One mbox file for each mailbox, {@code A/B} as {@code A/B.mbox} below a directory. Lines end as
 * they do in files; every line that looks like a separator is quoted (mboxrd), so that nothing is
 * lost; flags are told by the fields {@code Status}, {@code X-Status} and {@code X-Keywords}, which
 * are put in front.
 */
public final class MboxTarget implements MailTarget {
  static final String SUFFIX = ".mbox";

  /** As asctime writes it. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

  private final Path root;

  /** The directory is made when it is missing; files that are there are added to. */
  public MboxTarget(Path root) {
    this.root = root;
  }

  @Override
  public Box begin(MailboxRecord mailbox) throws IOException {
    Path path = FolderNames.path(root, mailbox.info().name());
    Path file = path.resolveSibling(path.getFileName() + SUFFIX);
    Files.createDirectories(file.getParent());
    return new File(
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}

  private static final class File implements Box {
    private final OutputStream file;

    File(OutputStream file) {
      this.file = file;
    }

    @Override
    public void message(Row row, MessageContent content) throws IOException, StoreException {
      OffsetDateTime date =
          row.internalDate() == null ? OffsetDateTime.now(ZoneOffset.UTC) : row.internalDate();
      String separator =
          "From MAILER-DAEMON " + DATE.format(date.withOffsetSameInstant(ZoneOffset.UTC)) + "\n";
      file.write((separator + MboxFlags.fields(row.flags())).getBytes(StandardCharsets.US_ASCII));
      FromQuoting quoted = new FromQuoting(file);
      LineEnds.ToLf lines = new LineEnds.ToLf(quoted);
      Contents.copy(content, lines);
      lines.end();
      quoted.end();
    }

    @Override
    public void end() throws IOException {
      file.flush();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Puts a {@code >} before lines that are {@code From } after any number of them. */
  private static final class FromQuoting extends OutputStream {
    private static final String FROM = "From ";

    private final OutputStream out;
    private final StringBuilder held = new StringBuilder();
    private boolean atStart = true;
    private int last = '\n';

    FromQuoting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      int c = octet & 0xff;
      if (!atStart) {
        pass(c);
        return;
      }
      held.append((char) c);
      int quotes = 0;
      while (quotes < held.length() && held.charAt(quotes) == '>') {
        quotes++;
      }
      String rest = held.substring(quotes);
      if (rest.equals(FROM)) {
        out.write('>');
        release();
      } else if (!FROM.startsWith(rest)) {
        release();
      }
    }

    private void release() throws IOException {
      atStart = false;
      for (int i = 0; i < held.length(); i++) {
        pass(held.charAt(i));
      }
      held.setLength(0);
    }

    private void pass(int c) throws IOException {
      out.write(c);
      last = c;
      atStart = c == '\n';
    }

    /** A message ends with an end of line, and an empty line follows. */
    void end() throws IOException {
      release();
      if (last != '\n') {
        out.write('\n');
      }
      out.write('\n');
    }
  }
}
