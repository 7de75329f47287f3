package org.posthorn.mime;

/**
 * A header field, by its place in the message. {@code [start, end)} is the whole field with its
 * folded lines and last line end; {@code [valueStart, end)} is what follows the colon.
 *
 * @param name the field name as written, without white space and colon
 * @param start offset of the first octet of the name
 * @param valueStart offset of the octet after the colon
 * @param end offset after the field's last line end
 */
public record Field(Octets name, long start, long valueStart, long end) {}
