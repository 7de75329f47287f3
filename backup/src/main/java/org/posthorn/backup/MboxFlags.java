package org.posthorn.backup;

import java.util.Locale;
import java.util.Set;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/** The flags of a message as the header fields that programs around mbox files understand. */
final class MboxFlags {
  private static final Set<String> FIELDS = Set.of("status", "x-status", "x-keywords");

  private MboxFlags() {}

  /** As lines that end with LF. */
  static String fields(Flags flags) {
    StringBuilder fields = new StringBuilder("Status: ");
    fields.append(flags.has(SystemFlag.SEEN) ? "RO" : "O").append('\n');
    String more =
        (flags.has(SystemFlag.ANSWERED) ? "A" : "")
            + (flags.has(SystemFlag.FLAGGED) ? "F" : "")
            + (flags.has(SystemFlag.DRAFT) ? "T" : "")
            + (flags.has(SystemFlag.DELETED) ? "D" : "");
    if (!more.isEmpty()) {
      fields.append("X-Status: ").append(more).append('\n');
    }
    if (!flags.keywords().isEmpty()) {
      fields.append("X-Keywords: ").append(String.join(" ", flags.keywords())).append('\n');
    }
    return fields.toString();
  }

  /** Whether a header line tells of flags. */
  static boolean isField(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && FIELDS.contains(line.substring(0, colon).strip().toLowerCase(Locale.ROOT));
  }

  /** The flags with what such a line tells. */
  static Flags read(Flags before, String line) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    Flags flags = before;
    if (name.equals("x-keywords")) {
      for (String keyword : value.split("[ ,]+", -1)) {
        flags = Flags.isKeyword(keyword) ? flags.withKeyword(keyword) : flags;
      }
      return flags;
    }
    for (int i = 0; i < value.length(); i++) {
      flags = with(flags, value.charAt(i));
    }
    return flags;
  }

  private static Flags with(Flags flags, char letter) {
    return switch (letter) {
      case 'R' -> flags.plus(Flags.of(SystemFlag.SEEN));
      case 'A' -> flags.plus(Flags.of(SystemFlag.ANSWERED));
      case 'F' -> flags.plus(Flags.of(SystemFlag.FLAGGED));
      case 'T' -> flags.plus(Flags.of(SystemFlag.DRAFT));
      case 'D' -> flags.plus(Flags.of(SystemFlag.DELETED));
      default -> flags;
    };
  }
}
