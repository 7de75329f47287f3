package org.posthorn.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;

/**
 * What a mailbox knows of one message. The first three are always there, the others when asked for
 * ({@link Item}).
 *
 * @param size octets
 * @param saveDate when the message came into this mailbox (RFC 8514)
 * @param emailId same for all copies of one immutable message (RFC 8474)
 * @param threadId null also where the store does not thread
 * @param start octets from the first on, as many as the store gives along with the row: it may be
 *     the whole message or less than was asked for; null where {@link Mailbox#content} has to be
 *     asked
 */
public record Row(
    long uid,
    long modSeq,
    Flags flags,
    long size,
    @Nullable OffsetDateTime internalDate,
    @Nullable Instant saveDate,
    @Nullable String emailId,
    @Nullable String threadId,
    @Nullable MessageIndex index,
    @Nullable Octets start) {

  /** A row without octets. */
  public Row(
      long uid,
      long modSeq,
      Flags flags,
      long size,
      @Nullable OffsetDateTime internalDate,
      @Nullable Instant saveDate,
      @Nullable String emailId,
      @Nullable String threadId,
      @Nullable MessageIndex index) {
    this(uid, modSeq, flags, size, internalDate, saveDate, emailId, threadId, index, null);
  }

  /** A row of which only the state is known. */
  public static Row of(long uid, long modSeq, Flags flags) {
    return new Row(uid, modSeq, flags, -1, null, null, null, null, null);
  }
}
