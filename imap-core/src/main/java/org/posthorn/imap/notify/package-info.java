/** NOTIFY (RFC 5465): changes are told when they happen, those of other mailboxes as well. */
@NullMarked
package org.posthorn.imap.notify;

import org.jspecify.annotations.NullMarked;
