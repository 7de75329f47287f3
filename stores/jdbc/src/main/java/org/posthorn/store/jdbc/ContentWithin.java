package org.posthorn.store.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The octets of a message within a transaction, read by whole chunks. */
final class ContentWithin implements MessageContent {
  private final Db db;
  private final BodyReader octets;

  ContentWithin(Db db, BodyReader octets) {
    this.db = db;
    this.octets = octets;
  }

  @Override
  public long size() {
    return octets.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    if (position >= octets.size()) {
      return -1;
    }
    try {
      long at = position;
      while (at < octets.size() && into.hasRemaining()) {
        if (!octets.knows(at)) {
          octets.remember(db, at);
        }
        at += octets.takeKnown(at, into);
      }
      return (int) (at - position);
    } catch (SQLException e) {
      throw new StoreException(Code.UNAVAILABLE, "the message cannot be read now", e);
    }
  }

  @Override
  public void close() {}
}
