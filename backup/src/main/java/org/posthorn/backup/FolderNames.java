package org.posthorn.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
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

  /** File systems take 255 octets; what others put behind a name needs room. */
  private static final int LONGEST = 200;

  private static final int HASH_DIGITS = 32;

  private FolderNames() {}

  /**
   * The Maildir++ folder of a mailbox; INBOX is the directory itself. A name that is too long for a
   * file ends with a hash of the whole.
   */
  static String maildir(MailboxName name) {
    if (name.isInbox()) {
      return "";
    }
    StringBuilder folder = new StringBuilder();
    for (String segment : name.segments()) {
      folder.append('.').append(ModifiedUtf7.encode(segment).replace(".", ENCODED_DOT));
    }
    return shortened(folder.toString());
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    byte[] hash = MessageFiles.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return name.substring(0, LONGEST - HASH_DIGITS - 1)
        + "~"
        + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
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

  /**
   * One segment as the name of a file, readable where that is possible, in ASCII, since not every
   * JVM can name files otherwise. One that is too long ends with a hash of the whole.
   */
  static String file(String segment) {
    return encoded(segment, " _-+@,=ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  }

  /** The folder of an account: never that of another one, also where case does not count. */
  static String account(String account) {
    return encoded(account, " _-+@,=");
  }

  private static String encoded(String text, String plain) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean common = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || plain.indexOf(c) >= 0;
      append(name, c, common || (c == '.' && i > 0));
    }
    return shortened(name.toString());
  }

  /** The folder of an account as the first backups named it. */
  static String formerAccount(String account) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < account.length(); i++) {
      char c = account.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || " _-+@,=".indexOf(c) >= 0;
      append(name, c, plain || (c == '.' && i > 0) || Character.isSurrogate(c));
    }
    return name.toString();
  }

  private static void append(StringBuilder name, char c, boolean plain) {
    if (plain) {
      name.append(c);
    } else {
      name.append(String.format(Locale.ROOT, "%%%04x", (int) c));
    }
  }

  /** What {@link #file} or {@link #account} was given, unless it was too long. */
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
