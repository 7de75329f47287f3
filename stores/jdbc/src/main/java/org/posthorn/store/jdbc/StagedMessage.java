package org.posthorn.store.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Append;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.ThreadKeys;

/**
 * A message on its way in. What fits into one chunk waits in memory and is written by the
 * committing transaction; longer ones are staged chunk by chunk in transactions of their own, as a
 * body that nothing refers to.
 */
final class StagedMessage implements Append, IncomingMessage {
  private static final int SMALLEST_BUFFER = 4 << 10;

  private final Group group;
  private final AppendSpec spec;
  private final long limit;
  private byte[] buffer;
  private int filled;
  private long octets;
  private long chunks;

  /** 0 while all is in memory. */
  private long body;

  /** What the buffer had at the end, while it waits in memory. */
  private @Nullable Chunk last;

  private byte @Nullable [] index;
  private boolean indexStaged;
  private List<String> threadKeys = List.of();
  private boolean ended;

  /** What a message needs of its group. */
  interface Group {
    AccountMail mail();

    /**
     * Takes note of memory that an ended message uses; false when it is more than a group may have.
     */
    boolean mayKeep(int octets);
  }

  StagedMessage(Group group, AppendSpec spec, long limit) {
    this.group = group;
    this.spec = spec;
    this.limit = limit;
    long expected = spec.size().orElse(SMALLEST_BUFFER);
    this.buffer = new byte[(int) Math.min(Math.max(expected, 1), SMALLEST_BUFFER)];
  }

  @Override
  public AppendSpec spec() {
    return spec;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public long octets() {
    return octets;
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    if (ended) {
      throw new IllegalStateException("the message was ended");
    }
    if (octets + chunk.remaining() > limit) {
      throw new StoreException(Code.TOO_BIG, "the message is larger than allowed");
    }
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

  @Override
  public void end(MessageIndex messageIndex) throws StoreException {
    if (ended) {
      throw new IllegalStateException("the message was ended");
    }
    byte[] encoded = messageIndex.encode();
    index = encoded;
    threadKeys = ThreadKeys.of(messageIndex);
    if (filled > 0) {
      last = chunk();
    }
    buffer = new byte[0];
    filled = 0;
    if (!group.mayKeep((last == null ? 0 : last.data().length) + encoded.length)) {
      stageAll(encoded);
    }
    ended = true;
  }

  @Override
  public long publish(Db db) throws SQLException, StoreException {
    return publish(db, null, null);
  }

  @Override
  public long publish(Db db, @Nullable String emailId, @Nullable String threadId)
      throws SQLException, StoreException {
    if (threadId == null) {
      return publishIn(db, emailId, ThreadIds.join(db, threadKeys));
    }
    ThreadIds.join(db, threadKeys, threadId);
    return publishIn(db, emailId, threadId);
  }

  private long publishIn(Db db, @Nullable String emailId, String thread)
      throws SQLException, StoreException {
    long id = body;
    if (id == 0) {
      id = Bodies.publish(db, octets, emailId, thread, group.mail().settings.now());
    } else {
      Bodies.complete(db, id, octets, thread);
      if (emailId != null) {
        Bodies.identify(db, id, emailId);
      }
    }
    if (last != null) {
      Bodies.write(db, id, chunks, last);
    }
    if (!indexStaged && index != null) {
      Bodies.putIndex(db, id, index);
    }
    return id;
  }

  @Override
  public void release() {
    if (body != 0) {
      group.mail().holds.release(body);
      body = 0;
    }
  }

  private Chunk chunk() {
    return group.mail().settings.compression().chunk(buffer, filled);
  }

  private void reserve(int size) {
    if (size > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(Bodies.CHUNK, Math.max(size, 2 * buffer.length)));
    }
  }

  private void flush() throws StoreException {
    Chunk full = chunk();
    stage((db, id) -> Bodies.write(db, id, chunks, full));
    chunks++;
    filled = 0;
  }

  private void stageAll(byte[] encoded) throws StoreException {
    Chunk rest = last;
    stage(
        (db, id) -> {
          if (rest != null) {
            Bodies.write(db, id, chunks, rest);
          }
          Bodies.putIndex(db, id, encoded);
        });
    last = null;
    index = null;
    indexStaged = true;
  }

  private interface Staging {
    void write(Db db, long body) throws SQLException;
  }

  /** Not synced: the commit of the group is, and takes all that was written before along. */
  private void stage(Staging staging) throws StoreException {
    BodyHolds holds = group.mail().holds;
    long[] created = {0};
    boolean done = false;
    try {
      group
          .mail()
          .writeUnsynced(
              db -> {
                long id = body;
                long now = group.mail().settings.now();
                if (id == 0) {
                  id = Bodies.create(db, now);
                  holds.hold(id);
                  created[0] = id;
                } else {
                  // Another process may have given it up.
                  Bodies.touch(db, id, now);
                }
                staging.write(db, id);
                return id;
              });
      done = true;
      if (created[0] != 0) {
        body = created[0];
      }
    } finally {
      if (!done && created[0] != 0) {
        holds.release(created[0]);
      }
    }
  }
}
