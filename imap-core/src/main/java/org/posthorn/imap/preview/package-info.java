/** PREVIEW (RFC 8970). */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.preview;
