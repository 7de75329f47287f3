package org.posthorn.mime;

/**
 * A parameter of a Content-Type or Content-Disposition field. Quoting is removed. The pieces of an
 * RFC 2231 continuation are joined, whatever their order, to one parameter; if a piece was extended
 * the name ends in {@code *} and the value is {@code charset'language'percent-encoded}, as IMAP
 * servers hand it on.
 *
 * @param name as written, in any case
 * @param value any octets
 */
public record Parameter(Octets name, Octets value) {}
