/** Fetches mail from outside POP3 and IMAP mailboxes. */
@NullMarked
package org.posthorn.collector;

import org.jspecify.annotations.NullMarked;
