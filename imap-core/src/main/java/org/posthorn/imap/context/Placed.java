package org.posthorn.imap.context;

import org.posthorn.imap.esearch.Found;

/**
 * Messages that stand one behind the other in a result.
 *
 * @param position of the first, from 1; 0 where the result is in the order of the mailbox
 */
public record Placed(long position, Found messages) {}
