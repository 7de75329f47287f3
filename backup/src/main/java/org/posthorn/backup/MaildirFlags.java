package org.posthorn.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/**
 * The flags in the name of a Maildir file, with letters for keywords as Dovecot's {@code
 * dovecot-keywords} gives them.
 */
final class MaildirFlags {
  static final String FILE = "dovecot-keywords";
  private static final int LETTERS = 26;
  private static final String INFO = ":2,";

  private final Path file;
  private final List<String> keywords;
  private boolean changed;

  private MaildirFlags(Path file, List<String> keywords) {
    this.file = file;
    this.keywords = keywords;
  }

  /** The keywords of a folder; none when it has no such file. */
  static MaildirFlags read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    List<String> keywords = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int space = line.indexOf(' ');
        if (space > 0 && Flags.isKeyword(line.substring(space + 1))) {
          keywords.add(line.substring(space + 1));
        }
      }
    }
    return new MaildirFlags(file, keywords);
  }

  /** Letters come in the order of ASCII. */
  String suffix(Flags flags) {
    TreeSet<Character> letters = new TreeSet<>();
    for (SystemFlag flag : SystemFlag.values()) {
      if (flags.has(flag)) {
        letters.add(letter(flag));
      }
    }
    for (String keyword : flags.keywords()) {
      int at = keywords.indexOf(keyword);
      if (at < 0 && keywords.size() < LETTERS) {
        at = keywords.size();
        keywords.add(keyword);
        changed = true;
      }
      if (at >= 0) {
        letters.add((char) ('a' + at));
      }
    }
    StringBuilder suffix = new StringBuilder(INFO);
    letters.forEach(suffix::append);
    return suffix.toString();
  }

  /** What the name of a file says. */
  Flags of(String name) {
    Flags flags = Flags.NONE;
    int info = name.lastIndexOf(INFO);
    for (int i = info < 0 ? name.length() : info + INFO.length(); i < name.length(); i++) {
      char letter = name.charAt(i);
      int keyword = letter - 'a';
      if (keyword >= 0 && keyword < keywords.size()) {
        flags = flags.withKeyword(keywords.get(keyword));
      }
      for (SystemFlag flag : SystemFlag.values()) {
        if (letter(flag) == letter) {
          flags = flags.plus(Flags.of(flag));
        }
      }
    }
    return flags;
  }

  private static char letter(SystemFlag flag) {
    return switch (flag) {
      case SEEN -> 'S';
      case ANSWERED -> 'R';
      case FLAGGED -> 'F';
      case DELETED -> 'T';
      case DRAFT -> 'D';
    };
  }

  /** Keeps the letters that were given. */
  void write() throws IOException {
    if (changed) {
      List<String> lines = new ArrayList<>();
      for (String keyword : keywords) {
        lines.add(lines.size() + " " + keyword);
      }
      Files.write(file, lines, StandardCharsets.UTF_8);
      changed = false;
    }
  }
}
