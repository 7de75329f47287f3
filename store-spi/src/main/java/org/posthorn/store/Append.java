package org.posthorn.store;

import java.nio.ByteBuffer;
import org.posthorn.mime.MessageIndex;

/**
 * One message on its way in. Callers wrap it in {@link IndexingAppend}, which makes the index
 * meanwhile.
 */
public interface Append {
  /**
   * Takes all of the chunk; staged in short transactions, nothing is held whole.
   *
   * @throws StoreException TOO_BIG beyond the limit of the {@link AppendSpec}, OVER_QUOTA
   */
  void write(ByteBuffer chunk) throws StoreException;

  /** The message is complete; it becomes visible at {@link AppendGroup#commit()}. */
  void end(MessageIndex index) throws StoreException;
}
