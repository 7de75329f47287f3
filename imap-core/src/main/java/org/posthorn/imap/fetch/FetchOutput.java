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

  private final ResponseEncoder encoder = new ResponseEncoder();
  private final List<Piece> pieces = new ArrayList<>();
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

  /** Whether a message is \Recent to the session. */
  public boolean isRecent(long uid) {
    return recent.contains(uid);
  }

  /** A source whose octets come next; the header of its literal has been written. */
  public void stream(OutputSource source) {
    flush();
    pieces.add(new Stream(source));
  }

  /** Makes a piece of what was written, and so a place to which {@link #undo} can return. */
  int flush() {
    encoder.drainTo(
        octets -> {
          ByteBuffer copy = ByteBuffer.allocate(octets.remaining());
          pieces.add(new Bytes(copy.put(octets).flip()));
        });
    return pieces.size();
  }

  /** A MODSEQ was written. */
  void spoke(long modSeq) {
    spokenModSeq = Math.max(spokenModSeq, modSeq);
  }

  /** The greatest MODSEQ written, 0 if none was. */
  long spokenModSeq() {
    return spokenModSeq;
  }

  /** Forgets everything after a {@link #flush()}. */
  void undo(int mark) throws StoreException {
    flush();
    List<Piece> dropped = pieces.subList(mark, pieces.size());
    close(dropped);
    dropped.clear();
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
