/** What the IMAP engine does for each command and each message. */
@NullMarked
package org.posthorn.benchmarks.imap;

import org.jspecify.annotations.NullMarked;
