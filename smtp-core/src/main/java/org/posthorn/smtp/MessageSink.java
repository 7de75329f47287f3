package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.List;
import org.posthorn.store.StoreException;

/** Takes the content of one message, dot-stuffing undone. */
public interface MessageSink {
  /** Takes all of the chunk; may block: the client waits. */
  void write(ByteBuffer chunk) throws StoreException;

  /**
   * The message is complete. When an answer is positive the message is durably ours.
   *
   * @return one verdict, or in LMTP one per accepted recipient in order
   */
  List<Verdict> finish() throws StoreException;

  /** The message is given up. */
  void abort() throws StoreException;
}
