/** RFC 8514: when a message came into its mailbox. */
@NullMarked
package org.posthorn.imap.savedate;

import org.jspecify.annotations.NullMarked;
