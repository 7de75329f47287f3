package org.posthorn.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;

/**
 * What a mailbox knows of one message. The first three are always there, the others when asked for
 * ({@link Item}).
 *
 * @param size octets
 * @param saveDate when the message came into this mailbox (RFC 8514)
 * @param emailId same for all copies of one immutable message (RFC 8474)
 * @param threadId null also where the store does not thread
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
    @Nullable MessageIndex index) {

  /** A row of which only the state is known. */
  public static Row of(long uid, long modSeq, Flags flags) {
    return new Row(uid, modSeq, flags, -1, null, null, null, null, null);
  }
}
