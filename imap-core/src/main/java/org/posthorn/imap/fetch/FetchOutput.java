package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Collects FETCH responses: what is written at once, and what is streamed between. */
public final class FetchOutput {

  /** Some of the output; the pieces of a page are sent one after the other. */
  public sealed interface Piece {}

  /** Octets that are there. */
  public record Bytes(ByteBuffer octets) implements Piece {}

  /** Octets that are read while they are sent. */
  public record Stream(OutputSource source) implements Piece {}

  private static final long MAX_EXPECTED = 2 * FetchCall.DEFAULT_OCTETS;

  private final ResponseEncoder encoder = new ResponseEncoder();
  private final List<Piece> pieces = new ArrayList<>();
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final UidSet recent;
  private long spokenModSeq;

  /**
   * @param view what the session knows
   */
  FetchOutput(FetchView view) {
    this.recent = view.recent();
    encoder.allowUtf8(view.utf8());
  }

  /** For everything that is not streamed. */
  public ResponseEncoder encoder() {
    return encoder;
  }

  /** So many octets are to come, about, which are then not moved as they grow more. */
  void expect(long octets) {
    encoder.expect((int) Math.min(octets, MAX_EXPECTED));
  }

  /** Whether a message is \Recent to the session. */
  public boolean isRecent(long uid) {
    return recent.contains(uid);
  }

  /** A source whose octets come next; the header of its literal has been written. */
  public void stream(OutputSource source) {
    flush();
    pieces.add(new Stream(source));
  }

  private void flush() {
    if (encoder.size() > 0) {
      pieces.add(new Bytes(encoder.take()));
    }
  }

  /** A place to which {@link #undo} can return. */
  Mark mark() {
    return new Mark(pieces.size(), encoder.size());
  }

  /**
   * A place in the output.
   *
   * @param octets of the piece behind those
   */
  record Mark(int pieces, int octets) {
    static final Mark START = new Mark(0, 0);
  }

  /** A MODSEQ was written. */
  void spoke(long modSeq) {
    spokenModSeq = Math.max(spokenModSeq, modSeq);
  }

  /** The greatest MODSEQ written, 0 if none was. */
  long spokenModSeq() {
    return spokenModSeq;
  }

  /** Forgets everything after a place. */
  void undo(Mark mark) throws StoreException {
    if (pieces.size() == mark.pieces()) {
      encoder.truncate(mark.octets());
      return;
    }
    encoder.truncate(0);
    List<Piece> dropped = pieces.subList(mark.pieces(), pieces.size());
    // What was written before the place went out with what came after it.
    ByteBuffer kept =
        mark.octets() > 0 && dropped.get(0) instanceof Bytes bytes
            ? bytes.octets().limit(mark.octets())
            : EMPTY;
    close(dropped);
    dropped.clear();
    if (kept.hasRemaining()) {
      pieces.add(new Bytes(kept));
    }
  }

  /** All pieces. */
  List<Piece> finish() {
    flush();
    return List.copyOf(pieces);
  }

  static void close(List<Piece> pieces) throws StoreException {
    for (Piece piece : pieces) {
      if (piece instanceof Stream stream) {
        stream.source().close();
      }
    }
  }
}
