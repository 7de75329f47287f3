package org.posthorn.store.cassandra;

import org.posthorn.store.UidSet;

/** Which messages a mailbox has at a MODSEQ, and which of them are unseen. */
record Cut(long modSeq, UidSet uids, UidSet unseen) {}
