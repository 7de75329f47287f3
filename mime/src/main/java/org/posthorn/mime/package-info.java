/**
 * Reading and writing internet messages (RFC 5322, RFC 2045 and their kin) on octets, without
 * holding a message whole.
 *
 * <p>{@link org.posthorn.mime.MessageIndexer} turns the octets of a message, in chunks of any size,
 * into a {@link org.posthorn.mime.MessageIndex}: the tree of its parts with offsets, envelope and
 * media types. Content of any kind, however broken, gives an index; what was mended is listed as
 * {@link org.posthorn.mime.Defect}s.
 */
@NullMarked
package org.posthorn.mime;

import org.jspecify.annotations.NullMarked;
