/** QUOTA and QUOTASET (RFC 9208). */
@org.jspecify.annotations.NullMarked
package org.posthorn.imap.quota;
