/** METADATA and METADATA-SERVER (RFC 5464), and LIST-METADATA (RFC 9590). */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.metadata;
