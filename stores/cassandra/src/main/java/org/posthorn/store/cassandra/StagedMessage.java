package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.ThreadKeys;

/**
 * A message on its way in: full chunks are written as they come, the rest with the MIME index when
 * it ends. The collector knows of it from the first write on.
 */
final class StagedMessage implements Append {
  private static final int SMALLEST_BUFFER = 4 << 10;

  private final Cql cql;
  private final Claim claim;
  private final AppendSpec spec;
  private final long limit;
  private final UUID body = Uuids.random();
  private byte[] buffer;
  private int filled;
  private long octets;
  private int chunks;
  private boolean announced;
  private boolean ended;
  private List<String> threadKeys = List.of();

  StagedMessage(Cql cql, Claim claim, AppendSpec spec, long limit) {
    this.cql = cql;
    this.claim = claim;
    this.spec = spec;
    this.limit = limit;
    long expected = spec.size().orElse(SMALLEST_BUFFER);
    this.buffer = new byte[(int) Math.min(Math.max(expected, 1), SMALLEST_BUFFER)];
  }

  AppendSpec spec() {
    return spec;
  }

  UUID body() {
    return body;
  }

  long octets() {
    return octets;
  }

  boolean ended() {
    return ended;
  }

  List<String> threadKeys() {
    return threadKeys;
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    if (ended) {
      throw new IllegalStateException("the message was ended");
    }
    if (octets + chunk.remaining() > limit) {
      throw new StoreException(Code.TOO_BIG, "the message is larger than allowed");
    }
    claim.hold();
    while (chunk.hasRemaining()) {
      if (filled == Bodies.CHUNK) {
        flush();
      }
      int taken = Math.min(chunk.remaining(), Bodies.CHUNK - filled);
      reserve(filled + taken);
      chunk.get(buffer, filled, taken);
      filled += taken;
      octets += taken;
    }
  }

  private void reserve(int size) {
    if (size > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(Bodies.CHUNK, Math.max(size, 2 * buffer.length)));
    }
  }

  private void flush() throws StoreException {
    announce();
    cql.writeAll(List.of(Bodies.chunk(cql, body, chunks++, Arrays.copyOf(buffer, filled))));
    filled = 0;
  }

  private void announce() throws StoreException {
    if (!announced) {
      claim.add(List.of(body));
      announced = true;
    }
  }

  @Override
  public void end(MessageIndex index) throws StoreException {
    if (ended) {
      throw new IllegalStateException("the message was ended");
    }
    claim.hold();
    announce();
    List<BoundStatement> writes = new ArrayList<>();
    if (filled > 0) {
      writes.add(Bodies.chunk(cql, body, chunks++, Arrays.copyOf(buffer, filled)));
    }
    writes.add(Bodies.index(cql, body, index.encode()));
    cql.writeAll(writes);
    threadKeys = ThreadKeys.of(index);
    buffer = new byte[0];
    filled = 0;
    ended = true;
  }

  /** As a row that has no UID yet. */
  Message message(long date, int zone, long saved, @Nullable String thread) {
    return new Message(
        0,
        0,
        spec.flags(),
        body,
        octets,
        date,
        zone,
        saved,
        thread == null ? Ids.thread() : thread,
        null);
  }
}
