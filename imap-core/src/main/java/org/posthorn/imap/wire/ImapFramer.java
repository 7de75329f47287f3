package org.posthorn.imap.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ByteScan;

/**
 * Finds where commands end, knowing nothing but lines and literals, so that octets of a literal are
 * never read as commands, whatever the grammar thinks of the rest. After {@link Found#LITERAL} the
 * session decides: {@link #acceptBuffered}, {@link #acceptStreamed} or {@link #refuse}.
 */
public final class ImapFramer {
  private static final byte[] EMPTY = new byte[0];
  private static final int FIRST_CAPACITY = 256;

  /** Octets of a command that is too long which are kept. */
  private static final int TAG_ROOM = 64;

  /** What {@link #feed} came to. */
  public enum Found {
    /** All input is consumed. */
    NOTHING,
    /** A whole command or line: {@link #command()}. */
    COMMAND,
    /** A literal was announced: {@link #literal()}; {@link #command()} has what came before it. */
    LITERAL,
    /** Octets of a streamed literal wait in the input: {@link #streamable}. */
    OCTETS,
    /** A command whose literal was refused or whose line was too long has come to its end. */
    SKIPPED,
    /** The peer sends more that has to be skipped than it may. */
    FLOOD
  }

  private enum State {
    LINE,
    DECISION,
    BUFFERED,
    STREAMED,
    SKIP_LINE,
    SKIP_LITERAL,
    FLOODED
  }

  private State state = State.LINE;
  private byte[] buffer = EMPTY;
  private int size;

  /** Whether the buffer was handed out, so that what it holds must stay. */
  private boolean shared;

  private int lineStart;
  private long remaining;
  private @Nullable LiteralHeader literal;
  private boolean literals = true;
  private boolean continued;
  private boolean bareLf;
  private boolean tooLong;
  private int maxCommand;
  private long maxSkipped;
  private long skipped;
  private @Nullable LineTail tail;

  /**
   * @param maxCommand octets that one command may have, buffered literals included
   * @param maxSkipped octets of one refused command that are skipped before {@link Found#FLOOD}
   */
  public ImapFramer(int maxCommand, long maxSkipped) {
    this.maxCommand = maxCommand;
    this.maxSkipped = maxSkipped;
  }

  /** Sets other limits from the next octet on. */
  public void limits(int newMaxCommand, long newMaxSkipped) {
    maxCommand = newMaxCommand;
    maxSkipped = newMaxSkipped;
  }

  /**
   * Whether lines may announce literals; not so where a continuation is a bare line (SASL, IDLE).
   */
  public void literals(boolean allowed) {
    literals = allowed;
  }

  /** Consumes input up to the next thing that concerns the session. */
  public Found feed(ByteBuffer in) {
    while (in.hasRemaining() || state == State.SKIP_LITERAL) {
      Found found =
          switch (state) {
            case LINE -> line(in);
            case BUFFERED -> buffered(in);
            case SKIP_LINE -> skipLine(in);
            case SKIP_LITERAL -> skipLiteral(in);
            case STREAMED -> Found.OCTETS;
            case DECISION -> throw new IllegalStateException("a literal awaits its decision");
            case FLOODED -> Found.FLOOD;
          };
      if (found != Found.NOTHING) {
        return found;
      }
      if (!in.hasRemaining()) {
        break;
      }
    }
    return Found.NOTHING;
  }

  /** The command, its CRLF not included; the array does not change any more. */
  public byte[] command() {
    if (size == buffer.length) {
      shared = true;
      return buffer;
    }
    return size == 0 ? EMPTY : Arrays.copyOf(buffer, size);
  }

  /** Whether the line ended in LF without CR, which is an error. */
  public boolean bareLf() {
    return bareLf;
  }

  /** Whether the command was skipped because it is too long, not because a literal was refused. */
  public boolean tooLong() {
    return tooLong;
  }

  /** The literal to decide about. */
  public LiteralHeader literal() {
    LiteralHeader header = literal;
    if (header == null) {
      throw new IllegalStateException("no literal");
    }
    return header;
  }

  /** Whether the announced literal still fits into the command. */
  public boolean fits() {
    return literal().octets() <= maxCommand - size - 2;
  }

  /** Whether a command has begun and not ended. */
  public boolean midCommand() {
    return continued || state != State.LINE || size > 0;
  }

  /** Takes the announced literal into the command. */
  public void acceptBuffered() {
    if (!fits()) {
      throw new IllegalStateException("literal does not fit");
    }
    remaining = literal().octets();
    append((byte) '\r');
    append((byte) '\n');
    lineStart = size;
    state = remaining == 0 ? State.LINE : State.BUFFERED;
  }

  /** Gives the announced literal in slices; the command begins anew behind it. */
  public void acceptStreamed() {
    remaining = literal().octets();
    reset();
    continued = true;
    state = remaining == 0 ? State.LINE : State.STREAMED;
  }

  /** Octets of the streamed literal that are still to come. */
  public long streamRemaining() {
    return state == State.STREAMED ? remaining : 0;
  }

  /** Takes the next octets of the streamed literal out of the input, at most {@code max}. */
  public ByteBuffer streamable(ByteBuffer in, int max) {
    int length = (int) Math.min(Math.min(in.remaining(), max), remaining);
    ByteBuffer slice = in.slice().limit(length);
    in.position(in.position() + length);
    remaining -= length;
    if (remaining == 0) {
      state = State.LINE;
    }
    return slice;
  }

  /**
   * Refuses what is left of the command: a literal for which the client waits never comes, another
   * is skipped with all that belongs to its command. {@link Found#SKIPPED} tells the end.
   *
   * @return true when the command ends here already
   */
  public boolean refuse() {
    tooLong = false;
    skipped = 0;
    if (state == State.STREAMED) {
      state = State.SKIP_LITERAL;
      return false;
    }
    if (state != State.DECISION) {
      skipLineFrom(lineStart);
      return false;
    }
    if (literal().synchronizing()) {
      next();
      return true;
    }
    remaining = literal().octets();
    state = State.SKIP_LITERAL;
    return false;
  }

  /** Makes ready for the next command. */
  public void next() {
    reset();
    state = State.LINE;
    continued = false;
    bareLf = false;
    tooLong = false;
  }

  /** Gives memory back; called when nothing is under way. */
  public void trim() {
    if (size == 0) {
      buffer = EMPTY;
    }
  }

  private void reset() {
    if (shared) {
      buffer = EMPTY;
      shared = false;
    }
    size = 0;
    lineStart = 0;
    literal = null;
    tail = null;
  }

  private Found line(ByteBuffer in) {
    int lf = ByteScan.indexOf(in, (byte) '\n');
    int length = (lf < 0 ? in.limit() : lf) - in.position();
    if (length > maxCommand - size) {
      tooLong = true;
      skipped = 0;
      keepBeginning(in, Math.min(length, maxCommand - size));
      skipLineFrom(lineStart);
      return Found.NOTHING;
    }
    if (lf > in.position() && buffer.length == 0) {
      return wholeLine(in, lf);
    }
    reserve(length);
    in.get(buffer, size, length);
    size += length;
    if (lf < 0) {
      return Found.NOTHING;
    }
    in.get();
    return lineEnded();
  }

  /**
   * A command most often comes in one piece: its array gets its length, and is no copy of another.
   */
  private Found wholeLine(ByteBuffer in, int lf) {
    boolean cr = in.get(lf - 1) == '\r';
    size = lf - in.position() - (cr ? 1 : 0);
    buffer = new byte[size];
    in.get(buffer);
    in.position(lf + 1);
    return lineEnded(!cr);
  }

  private Found lineEnded() {
    boolean cr = size > lineStart && buffer[size - 1] == '\r';
    if (cr) {
      size--;
    }
    return lineEnded(!cr);
  }

  private Found lineEnded(boolean withoutCr) {
    bareLf = withoutCr;
    literal = literals ? LiteralHeader.find(buffer, lineStart, size) : null;
    if (literal == null) {
      return Found.COMMAND;
    }
    state = State.DECISION;
    return Found.LITERAL;
  }

  private Found buffered(ByteBuffer in) {
    int length = (int) Math.min(in.remaining(), remaining);
    reserve(length);
    in.get(buffer, size, length);
    size += length;
    remaining -= length;
    if (remaining == 0) {
      lineStart = size;
      state = State.LINE;
    }
    return Found.NOTHING;
  }

  /** The first octets hold the tag, to which the refusal is answered. */
  private void keepBeginning(ByteBuffer in, int available) {
    int length = Math.max(0, Math.min(available, TAG_ROOM - size));
    reserve(length);
    in.get(buffer, size, length);
    size += length;
  }

  /** Skips the line that has begun; its last octets may be the beginning of a literal's header. */
  private void skipLineFrom(int start) {
    tail = new LineTail(buffer, start, size);
    state = State.SKIP_LINE;
  }

  /** Skips to the end of a line, minding whether it announces one more literal. */
  private Found skipLine(ByteBuffer in) {
    LineTail seen = tail == null ? new LineTail(buffer, size, size) : tail;
    tail = seen;
    while (in.hasRemaining()) {
      byte octet = in.get();
      if (++skipped > maxSkipped) {
        state = State.FLOODED;
        return Found.FLOOD;
      }
      if (octet == '\n') {
        return skippedLine(literals ? seen.lineEnded() : null);
      }
      seen.add(octet);
    }
    return Found.NOTHING;
  }

  private Found skippedLine(@Nullable LiteralHeader announced) {
    if (announced == null || announced.synchronizing()) {
      return Found.SKIPPED;
    }
    remaining = announced.octets();
    state = State.SKIP_LITERAL;
    return Found.NOTHING;
  }

  private Found skipLiteral(ByteBuffer in) {
    if (remaining > maxSkipped - skipped) {
      state = State.FLOODED;
      return Found.FLOOD;
    }
    int length = (int) Math.min(in.remaining(), remaining);
    in.position(in.position() + length);
    remaining -= length;
    skipped += length;
    if (remaining == 0) {
      state = State.SKIP_LINE;
      tail = null;
    }
    return Found.NOTHING;
  }

  private void append(byte octet) {
    reserve(1);
    buffer[size++] = octet;
  }

  private void reserve(int octets) {
    if (buffer.length - size < octets) {
      int wanted = Math.max(size + octets, Math.max(FIRST_CAPACITY, 2 * size));
      buffer = Arrays.copyOf(buffer, wanted);
      shared = false;
    }
  }
}
