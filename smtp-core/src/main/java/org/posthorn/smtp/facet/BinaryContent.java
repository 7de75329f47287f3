package org.posthorn.smtp.facet;

/**
 * RFC 3030 BINARYMIME: the handler keeps every octet of content, NUL and lone CR and LF included,
 * and encodes it where a next server or reader could not take it.
 */
public interface BinaryContent {}
