/** Limits on how many messages one command works on (RFC 9738). */
@NullMarked
package org.posthorn.imap.limit;

import org.jspecify.annotations.NullMarked;
