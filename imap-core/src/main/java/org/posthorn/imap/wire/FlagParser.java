package org.posthorn.imap.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

/** RFC 9051: flag, flag-list. */
final class FlagParser {
  private static final Words<SystemFlag> SYSTEM_FLAGS = systemFlags();

  private int system;
  private List<String> keywords = List.of();

  private FlagParser() {}

  private static Words<SystemFlag> systemFlags() {
    Map<String, SystemFlag> flags = new HashMap<>();
    for (SystemFlag flag : SystemFlag.values()) {
      flags.put(flag.name(), flag);
    }
    return new Words<>(flags);
  }

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
    SystemFlag flag = in.acceptWord(SYSTEM_FLAGS);
    if (flag != null) {
      system |= flag.bit();
      return;
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
