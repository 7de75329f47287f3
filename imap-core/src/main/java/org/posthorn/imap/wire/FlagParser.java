package org.posthorn.imap.wire;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/** RFC 9051: flag, flag-list. */
final class FlagParser {
  private static final SystemFlag[] SYSTEM_FLAGS = SystemFlag.values();

  private int system;
  private List<String> keywords = List.of();

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
      if (keywords.isEmpty()) {
        keywords = new ArrayList<>();
      }
      keywords.add(in.expectAtom().asAscii());
      return;
    }
    for (SystemFlag flag : SYSTEM_FLAGS) {
      if (in.acceptName(flag.name())) {
        system |= flag.bit();
        return;
      }
    }
    boolean recent = in.acceptName("RECENT");
    in.expectAtom();
    throw in.error(recent ? "\\Recent cannot be set by a client" : "unknown system flag");
  }

  private Flags build(CommandReader in) throws SyntaxException {
    try {
      return Flags.ofBits(system, keywords);
    } catch (IllegalArgumentException e) {
      throw in.error("illegal keyword");
    }
  }
}
