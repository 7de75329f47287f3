package org.posthorn.backup;

import java.util.Locale;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/** The flags of a message as the header fields that programs around mbox files understand. */
final class MboxFlags {
  /** Read, old, answered, deleted, flagged, draft, new. */
  private static final String LETTERS = "ROADFTN";

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

  /** Whether a header line tells of flags: others use the names for other things. */
  static boolean isField(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      return false;
    }
    String value = line.substring(colon + 1).strip();
    return switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
      case "status" -> !value.isEmpty() && areLetters(value);
      case "x-status" -> areLetters(value);
      case "x-keywords" -> true;
      default -> false;
    };
  }

  private static boolean areLetters(String value) {
    return value.chars().allMatch(c -> LETTERS.indexOf(c) >= 0);
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
