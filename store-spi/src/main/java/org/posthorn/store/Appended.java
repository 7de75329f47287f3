package org.posthorn.store;

/**
 * What an {@link AppendGroup} added.
 *
 * @param uids of the new messages, ascending in the order in which they were given
 * @param modSeq that they share
 */
public record Appended(MailboxInfo mailbox, UidSet uids, long modSeq) {}
