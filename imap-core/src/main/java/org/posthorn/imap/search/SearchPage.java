package org.posthorn.imap.search;

import org.posthorn.store.UidSet;

/**
 * What one {@link SearchCall} found.
 *
 * @param matches the messages selected
 * @param highestModSeq the greatest MODSEQ among them, 0 when there is none
 * @param scores of the messages, where the program is fuzzy
 * @param next the first UID that was not tested, 0 when all were
 */
public record SearchPage(UidSet matches, long highestModSeq, Scores scores, long next) {}
