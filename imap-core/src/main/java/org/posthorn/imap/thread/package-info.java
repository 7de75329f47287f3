/** The THREAD command (RFC 5256), its algorithms, and the forests that they grow. */
@NullMarked
package org.posthorn.imap.thread;

import org.jspecify.annotations.NullMarked;
