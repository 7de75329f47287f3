/** The ESEARCH command: one search over many mailboxes (RFC 7377). */
@NullMarked
package org.posthorn.imap.multisearch;

import org.jspecify.annotations.NullMarked;
