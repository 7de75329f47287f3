/** IMAP URLs (RFC 5092), with authorization (RFC 4467), and whoever fetches what they name. */
@org.jspecify.annotations.NullMarked
package org.posthorn.protocol.url;
