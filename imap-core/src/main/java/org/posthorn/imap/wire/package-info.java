/**
 * Octets of IMAP in and out, without meaning: framing, the grammar's tokens and the typed encoder.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.wire;
