/** The IMAP engine. */
@NullMarked
package org.posthorn.imap;

import org.jspecify.annotations.NullMarked;
