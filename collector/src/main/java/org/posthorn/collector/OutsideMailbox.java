package org.posthorn.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.posthorn.store.StoreException;

/** An outside mailbox that is open. Used by one thread. */
interface OutsideMailbox extends AutoCloseable {
  /**
   * A message.
   *
   * @param uid the server's name for it, which stays the same
   * @param number where it stands now
   */
  record Entry(String uid, int number, long octets) {}

  /** Takes octets. */
  interface Sink {
    void write(ByteBuffer chunk) throws IOException, StoreException;
  }

  List<Entry> list() throws IOException;

  /**
   * Gives all octets of a message. When it returns the message came whole.
   *
   * @throws IOException when it did not
   */
  void fetch(Entry message, Sink sink) throws IOException, StoreException;

  void delete(Entry message) throws IOException;

  /** Makes deletions hold; without it they need not. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
