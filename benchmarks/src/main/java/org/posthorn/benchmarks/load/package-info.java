/**
 * A load generator on plain sockets for any IMAP, POP3 or SMTP server, which says what the server's
 * processes cost.
 */
@NullMarked
package org.posthorn.benchmarks.load;

import org.jspecify.annotations.NullMarked;
