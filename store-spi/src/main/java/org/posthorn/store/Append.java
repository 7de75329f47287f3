package org.posthorn.store;

import java.nio.ByteBuffer;
import java.util.Optional;
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

  /**
   * The octets of the message, which was ended and whose group is still open, to be shared with
   * other accounts before it is visible ({@link AppendGroup#nextLike}). Outlives the group, whether
   * or not that is committed.
   *
   * @return empty where the store cannot share them so
   */
  default Optional<MessageContent> content() throws StoreException {
    return Optional.empty();
  }
}
