package org.posthorn.store;

/**
 * What COPY or MOVE did. The nth UID of {@code source} became the nth of {@code copies}.
 *
 * @param destination where to
 * @param gone messages named that did not exist
 * @param sourceModSeq MOVE: MODSEQ at which the originals vanished; COPY: 0
 */
public record CopyResult(
    MailboxInfo destination, UidSet source, UidSet copies, UidSet gone, long sourceModSeq) {}
