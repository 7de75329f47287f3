package org.posthorn.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Policies in files, one for each domain, so that a restart forgets none (RFC 8461 section 3.3). A
 * file that cannot be written or read is told to the log: mail goes on as without it. Thread-safe.
 */
final class StsFolder implements StsMemory {
  private static final System.Logger LOG = System.getLogger(MtaSts.class.getName());

  /** What a domain may be called that has a file; A-labels have nothing else. */
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");

  private static final Pattern FIRST = Pattern.compile("(\\w{1,32}) (-?\\d{1,12})");
  private static final String SUFFIX = ".sts";

  private final Path folder;

  private StsFolder(Path folder) {
    this.folder = folder;
  }

  /** Opens a folder, which is made where it is missing; what is over goes. */
  static StsFolder in(Path folder, Instant now) throws IOException {
    Files.createDirectories(folder);
    StsFolder opened = new StsFolder(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Kept kept = opened.read(file);
        if (kept == null || !now.isBefore(kept.until())) {
          Files.deleteIfExists(file);
        }
      }
    }
    return opened;
  }

  @Override
  public @Nullable Kept of(String domain) {
    return DOMAIN.matcher(domain).matches() ? read(file(domain)) : null;
  }

  @Override
  public void keep(String domain, Kept kept) {
    if (!DOMAIN.matcher(domain).matches()) {
      return;
    }
    String text = kept.id() + ' ' + kept.until().getEpochSecond() + '\n' + kept.text();
    try {
      Path fresh = Files.createTempFile(folder, ".sts", ".new");
      try {
        Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
        Files.move(
            fresh,
            file(domain),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a policy cannot be kept: " + domain, e);
    }
  }

  private Path file(String domain) {
    return folder.resolve(domain + SUFFIX);
  }

  private @Nullable Kept read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int end = text.indexOf('\n');
      Matcher first = FIRST.matcher(end < 0 ? "" : text.substring(0, end));
      if (first.matches()) {
        Instant until = Instant.ofEpochSecond(Long.parseLong(first.group(2)));
        return new Kept(first.group(1), text.substring(end + 1), until);
      }
      LOG.log(System.Logger.Level.WARNING, "no policy in {0}", file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a policy cannot be read: " + file, e);
    }
    return null;
  }
}
