package org.posthorn.store;

/**
 * What an EXPUNGE removed.
 *
 * @param uids messages removed
 * @param modSeq at which they vanished; of the mailbox when there were none
 */
public record Expunged(UidSet uids, long modSeq) {}
