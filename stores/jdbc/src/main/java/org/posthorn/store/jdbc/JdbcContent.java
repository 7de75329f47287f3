package org.posthorn.store.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The octets of a message; keeps them from being freed until closed. */
final class JdbcContent implements MessageContent {
  private final AccountMail mail;
  private final long body;
  private final long size;

  /** The compressed chunk read last; slices smaller than a chunk come one after the other. */
  private long inflatedNumber = -1;

  private byte[] inflated = {};
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The body is held and the file retained for this handle. */
  JdbcContent(AccountMail mail, long body, long size) {
    this.mail = mail;
    this.body = body;
    this.size = size;
  }

  /** Gives the content of a message that was found to have this body. */
  static JdbcContent open(AccountMail mail, long body) throws StoreException {
    if (!mail.holds.hold(body)) {
      throw expunged();
    }
    boolean opened = false;
    try {
      // Between the look-up and the hold it may have been freed.
      long size = mail.read(db -> Bodies.octets(db, body));
      if (size < 0) {
        throw expunged();
      }
      mail.retain();
      opened = true;
      return new JdbcContent(mail, body, size);
    } finally {
      if (!opened) {
        mail.holds.release(body);
      }
    }
  }

  boolean isOf(AccountMail other) {
    return mail == other;
  }

  /** Gives the body, which is held for one more until that one releases it. */
  long holdOnceMore() throws StoreException {
    if (closed.get()) {
      throw new StoreException(Code.FAULT, "the content was closed");
    }
    if (!mail.holds.hold(body)) {
      throw expunged();
    }
    return body;
  }

  /** Whether that is the EMAILID of the message. */
  boolean hasEmailId(@Nullable String emailId) throws StoreException {
    return emailId != null && mail.read(db -> Bodies.hasEmailId(db, body, emailId));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (position >= size) {
      return -1;
    }
    if (closed.get()) {
      throw new StoreException(Code.FAULT, "the content was closed");
    }
    return mail.read(
        db -> {
          long at = position;
          while (at < size && into.hasRemaining()) {
            at += take(db, at, into);
          }
          return (int) (at - position);
        });
  }

  /** Octets of one chunk, at least one. */
  private int take(Db db, long at, ByteBuffer into) throws SQLException, StoreException {
    long number = at / Bodies.CHUNK;
    int offset = (int) (at % Bodies.CHUNK);
    if (number != inflatedNumber) {
      int wanted = (int) Math.min(into.remaining(), size - at);
      Chunk chunk = Bodies.read(db, body, at, wanted);
      if (chunk == null || chunk.data().length == 0) {
        throw expunged();
      }
      if (chunk.packed() == 0) {
        int taken = Math.min(chunk.data().length, into.remaining());
        into.put(chunk.data(), 0, taken);
        return taken;
      }
      inflated = chunk.inflated();
      inflatedNumber = number;
    }
    int taken = Math.min(inflated.length - offset, into.remaining());
    if (taken <= 0) {
      throw expunged();
    }
    into.put(inflated, offset, taken);
    return taken;
  }

  static StoreException expunged() {
    return new StoreException(Code.EXPUNGED, "the message is gone");
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      mail.holds.release(body);
      mail.release();
    }
  }
}
