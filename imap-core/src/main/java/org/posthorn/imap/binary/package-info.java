/** BINARY (RFC 3516): parts without their transfer encoding. */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.binary;
