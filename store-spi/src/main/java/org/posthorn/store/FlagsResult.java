package org.posthorn.store;

/**
 * What {@link Mailbox#storeFlags} did.
 *
 * @param changed messages that have new flags and {@code modSeq}
 * @param refused messages changed after {@code unchangedSince}
 * @param gone messages named that do not exist
 * @param modSeq of this change; of the mailbox when nothing changed
 */
public record FlagsResult(UidSet changed, UidSet refused, UidSet gone, long modSeq) {}
