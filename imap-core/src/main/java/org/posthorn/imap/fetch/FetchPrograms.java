package org.posthorn.imap.fetch;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * Reads what FETCH commands ask for, and remembers what was read twice lately: a client asks for
 * the same items of other messages over and over, and so do all clients of its kind. A program is
 * found by the octets behind the set, if it ends the command. Each has one place, which the last
 * one takes. Thread-safe.
 */
public final class FetchPrograms {
  private static final int SLOT_BITS = 6;

  /** Longer programs are not remembered: octets. */
  private static final int MAX_LENGTH = 512;

  private static final class Known {
    private final byte[] text;
    private final FetchProgram program;

    Known(byte[] text, FetchProgram program) {
      this.text = text;
      this.program = program;
    }
  }

  private final Map<String, FetchKeyword> keywords;
  private final AtomicReferenceArray<@Nullable Known> lately =
      new AtomicReferenceArray<>(1 << SLOT_BITS);

  // Of what was read last at each place. One thread may miss what another puts there: then a
  // program is read once more, or remembered one time too early.
  private final int[] hashes = new int[1 << SLOT_BITS];

  /**
   * Remembers nothing yet.
   *
   * @param keywords the items by their names in upper case, {@link StandardItems#KEYWORDS} and
   *     those of extensions
   */
  public FetchPrograms(Map<String, FetchKeyword> keywords) {
    this.keywords = keywords;
  }

  /**
   * {@code "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"}, and what comes
   * behind it stays.
   */
  public FetchProgram parse(CommandReader in) throws SyntaxException {
    if (in.remaining() > MAX_LENGTH) {
      return FetchParser.parse(in, keywords);
    }
    int hash = in.hashOfRest();
    int slot = hash >>> (Integer.SIZE - SLOT_BITS);
    Known known = lately.getPlain(slot);
    if (known != null && in.acceptRest(known.text)) {
      return known.program;
    }
    if (hashes[slot] != hash) {
      hashes[slot] = hash;
      return FetchParser.parse(in, keywords);
    }
    return remember(in, slot);
  }

  private FetchProgram remember(CommandReader in, int slot) throws SyntaxException {
    int start = in.position();
    // Read from a copy, or a short program would hold a whole command.
    byte[] text = in.rest();
    CommandReader copy = new CommandReader(text, 0, text.length);
    try {
      FetchProgram program = FetchParser.parse(copy, keywords);
      in.rewind(start + copy.position());
      if (copy.atEnd()) {
        lately.set(slot, new Known(text, program));
      }
      return program;
    } catch (SyntaxException e) {
      // Once more, to say where in the command it is wrong.
      return FetchParser.parse(in, keywords);
    }
  }
}
