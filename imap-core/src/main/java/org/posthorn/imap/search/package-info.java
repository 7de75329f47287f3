/** The SEARCH command: keys, the program made of them, and its evaluation over messages. */
@NullMarked
package org.posthorn.imap.search;

import org.jspecify.annotations.NullMarked;
