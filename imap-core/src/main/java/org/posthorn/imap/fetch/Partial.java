package org.posthorn.imap.fetch;

/**
 * Which octets of a section are wanted: {@code <offset.count>} (RFC 9051 section 6.4.5).
 *
 * @param offset 0 or more; beyond the end there is nothing
 * @param count 1 or more
 */
public record Partial(long offset, long count) {}
