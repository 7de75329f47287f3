package org.posthorn.store;

/**
 * @param uids of the new messages, ascending in the order in which they were given
 * @param modSeq that they share
 */
public record Appended(MailboxInfo mailbox, UidSet uids, long modSeq) {}
