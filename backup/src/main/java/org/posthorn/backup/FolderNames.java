package org.posthorn.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.mime.ModifiedUtf7;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** Mailbox names as names of files and directories. */
final class FolderNames {
  /** A full stop separates the segments of a Maildir++ folder, so one in a segment is encoded. */
  private static final String ENCODED_DOT = "&AC4-";

  private FolderNames() {}

  /** The Maildir++ folder of a mailbox; INBOX is the directory itself. */
  static String maildir(MailboxName name) {
    if (name.isInbox()) {
      return "";
    }
    StringBuilder folder = new StringBuilder();
    for (String segment : name.segments()) {
      folder.append('.').append(ModifiedUtf7.encode(segment).replace(".", ENCODED_DOT));
    }
    return folder.toString();
  }

  /** The mailbox of a Maildir++ folder. */
  static MailboxName ofMaildir(String folder) throws InvalidMailboxName {
    if (folder.isEmpty()) {
      return MailboxName.INBOX;
    }
    List<String> segments = new ArrayList<>();
    for (String part : folder.substring(1).split("\\.", -1)) {
      segments.add(decoded(part.replace(ENCODED_DOT, ".")));
    }
    return MailboxName.of(segments);
  }

  private static String decoded(String part) {
    String name = ModifiedUtf7.decode(Octets.utf8(part));
    // Some programs write names in UTF-8.
    return name == null ? part : name;
  }

  /** A path of directories, one for each segment. */
  static Path path(Path root, MailboxName name) {
    Path path = root;
    for (String segment : name.segments()) {
      path = path.resolve(file(segment));
    }
    return path;
  }

  /** One segment or account name as the name of a file, readable where that is possible. */
  static String file(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || " _-+@,=".indexOf(c) >= 0;
      if (plain || (c == '.' && i > 0) || Character.isSurrogate(c)) {
        name.append(c);
      } else {
        name.append(String.format(Locale.ROOT, "%%%04x", (int) c));
      }
    }
    return name.toString();
  }

  /** What {@link #file} was given. */
  static String ofFile(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%' && i + 4 < name.length()) {
        try {
          text.append((char) Integer.parseInt(name.substring(i + 1, i + 5), 16));
          i += 4;
          continue;
        } catch (NumberFormatException e) {
          // Not of ours: as it is.
        }
      }
      text.append(c);
    }
    return text.toString();
  }
}
