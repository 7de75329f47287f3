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

  List<Entry> list() throws IOException, StoreException;

  /** Whether the names of messages are made from their contents, for want of better ones. */
  default boolean namesByContent() {
    return false;
  }

  /**
   * Gives all octets of a message. When it returns the message came whole.
   *
   * @throws RefusedByServerException when the server does not give this one
   * @throws IOException when it broke off
   */
  void fetch(Entry message, Sink sink) throws IOException, StoreException;

  /**
   * Deletes a message.
   *
   * @throws RefusedByServerException when the server does not delete this one
   */
  void delete(Entry message) throws IOException;

  /** Makes deletions hold; without it they need not. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
