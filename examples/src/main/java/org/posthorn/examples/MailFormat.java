package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.backup.EmlSource;
import org.posthorn.backup.EmlTarget;
import org.posthorn.backup.MailSource;
import org.posthorn.backup.MailTarget;
import org.posthorn.backup.MaildirSource;
import org.posthorn.backup.MaildirTarget;
import org.posthorn.backup.MboxSource;
import org.posthorn.backup.MboxTarget;

/** How other programs keep mail: what is read and written besides a backup. */
enum MailFormat {
  MAILDIR,
  MBOX,
  EML;

  MailSource read(Path path) throws IOException {
    return switch (this) {
      case MAILDIR -> new MaildirSource(path);
      case MBOX -> new MboxSource(path);
      case EML -> new EmlSource(path);
    };
  }

  MailTarget write(Path path) {
    return switch (this) {
      case MAILDIR -> new MaildirTarget(path);
      case MBOX -> new MboxTarget(path);
      case EML -> new EmlTarget(path);
    };
  }

  /** What a required option was set to. */
  static MailFormat chosen(@Nullable MailFormat format) {
    if (format == null) {
      throw new IllegalArgumentException("no format");
    }
    return format;
  }
}
