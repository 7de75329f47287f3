package org.posthorn.store.cassandra;

import org.posthorn.store.UidSet;

/**
 * Which messages a mailbox has at a MODSEQ, and which of them are unseen.
 *
 * @param counted how many the head of the mailbox said
 */
record Cut(long modSeq, long counted, UidSet uids, UidSet unseen) {}
