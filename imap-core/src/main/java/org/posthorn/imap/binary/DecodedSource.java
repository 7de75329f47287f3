package org.posthorn.imap.binary;

import java.nio.ByteBuffer;
import org.posthorn.imap.fetch.SlicesSource;
import org.posthorn.mime.ContentCodec;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** Octets of a part, decoded while they are read. Used by one thread at a time. */
public final class DecodedSource implements OutputSource {
  private static final int STAGE = 8 << 10;

  private final SlicesSource encoded;
  private final ContentCodec codec;
  private final long length;
  private final ByteBuffer in = ByteBuffer.allocate(STAGE).limit(0);
  private final ByteBuffer out = ByteBuffer.allocate(STAGE).limit(0);
  private long skip;
  private long left;
  private boolean inputEnded;
  private boolean finished;

  /**
   * Closes the content in the end.
   *
   * @param skip decoded octets before the first that is wanted
   * @param length decoded octets that are wanted, no more than there are
   */
  public DecodedSource(DecodedPart part, MessageContent content, long skip, long length) {
    this.encoded = new SlicesSource(part.slices(), content);
    this.codec = part.codec();
    this.skip = skip;
    this.length = length;
    this.left = length;
  }

  /** What is found out by reading a whole part. */
  public record Measure(long octets, boolean hasNul) {}

  /** Reads it all to see how long it is; the content stays open. */
  public static Measure measure(DecodedPart part, MessageContent content, CallContext context)
      throws StoreException {
    DecodedSource source = new DecodedSource(part, content, 0, Long.MAX_VALUE);
    long octets = 0;
    boolean nul = false;
    while (source.fill(context)) {
      while (source.out.hasRemaining()) {
        nul |= source.out.get() == 0;
        octets++;
      }
    }
    return new Measure(octets, nul);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Lane lane() {
    return encoded.lane();
  }

  @Override
  public int read(ByteBuffer into, CallContext context) throws StoreException {
    int before = into.position();
    while (left > 0 && into.hasRemaining() && fill(context)) {
      int skipped = (int) Math.min(skip, out.remaining());
      out.position(out.position() + skipped);
      skip -= skipped;
      int given = (int) Math.min(Math.min(left, into.remaining()), out.remaining());
      int limit = out.limit();
      into.put(out.limit(out.position() + given));
      out.limit(limit);
      left -= given;
    }
    int octets = into.position() - before;
    if (octets == 0 && left > 0 && into.hasRemaining()) {
      throw new StoreException(
          StoreException.Code.CORRUPTION, "the part is shorter than it was a moment ago");
    }
    return octets == 0 && into.hasRemaining() ? -1 : octets;
  }

  /** Sees to it that decoded octets are there; false at the end. */
  private boolean fill(CallContext context) throws StoreException {
    while (!out.hasRemaining() && !finished) {
      out.clear();
      if (!in.hasRemaining() && !inputEnded) {
        in.clear();
        inputEnded = encoded.read(in, context) < 0;
        in.flip();
      }
      int waiting = in.remaining();
      codec.convert(in, out);
      boolean stuck = in.remaining() == waiting && out.position() == 0;
      if (inputEnded && (waiting == 0 || stuck)) {
        finished = codec.finish(out);
      }
      out.flip();
    }
    return out.hasRemaining();
  }

  @Override
  public void close() throws StoreException {
    encoded.close();
  }
}
