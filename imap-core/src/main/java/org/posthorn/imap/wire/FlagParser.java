package org.posthorn.imap.wire;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.mime.Octets;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/** RFC 9051: flag, flag-list. */
final class FlagParser {
  private final Set<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
  private final List<String> keywords = new ArrayList<>();

  private FlagParser() {}

  /** flag-list = "(" [flag *(SP flag)] ")". */
  static Flags list(CommandReader in) throws SyntaxException {
    FlagParser flags = new FlagParser();
    in.expect('(');
    if (!in.accept(')')) {
      do {
        flags.flag(in);
      } while (in.acceptSpace());
      in.expect(')');
    }
    return flags.build(in);
  }

  /** flag *(SP flag), as STORE allows it. */
  static Flags bare(CommandReader in) throws SyntaxException {
    FlagParser flags = new FlagParser();
    do {
      flags.flag(in);
    } while (in.acceptSpace());
    return flags.build(in);
  }

  private void flag(CommandReader in) throws SyntaxException {
    if (!in.accept('\\')) {
      keywords.add(in.expectAtom().asAscii());
      return;
    }
    Octets name = in.expectAtom();
    switch (name.asAscii().toUpperCase(Locale.ROOT)) {
      case "SEEN" -> system.add(SystemFlag.SEEN);
      case "ANSWERED" -> system.add(SystemFlag.ANSWERED);
      case "FLAGGED" -> system.add(SystemFlag.FLAGGED);
      case "DELETED" -> system.add(SystemFlag.DELETED);
      case "DRAFT" -> system.add(SystemFlag.DRAFT);
      case "RECENT" -> throw in.error("\\Recent cannot be set by a client");
      default -> throw in.error("unknown system flag");
    }
  }

  private Flags build(CommandReader in) throws SyntaxException {
    try {
      return Flags.of(system, keywords);
    } catch (IllegalArgumentException e) {
      throw in.error("illegal keyword");
    }
  }
}
