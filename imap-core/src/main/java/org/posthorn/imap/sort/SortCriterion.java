package org.posthorn.imap.sort;

/**
 * One of the keys by which messages are sorted (RFC 5256: sort-criterion).
 *
 * @param reverse whether the greatest comes first
 */
public record SortCriterion(SortKey key, boolean reverse) {}
